using ChatLoop.Core.Chat;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.ReinforcementLearning;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.ReinforcementLearning;

/// <summary>A policy of a few thousand numbers over 12 tokens, and questions for it.</summary>
internal static class TinyPolicy
{
    public const int Liked = 7;

    public static readonly LlamaConfig Config = new() { VocabularySize = 12, HiddenSize = 16, IntermediateSize = 24, Layers = 2, Heads = 4, KeyValueHeads = 2, HeadSize = 4, MaxPositions = 32 };

    public static IReadOnlyList<Question> Questions { get; } = [.. Enumerable.Range(0, 20).Select(i => new Question($"question {i}", [SpecialTokens.BeginId, .. Enumerable.Range(0, 1 + i % 5).Select(j => 6 + (i + j) % 6), 5], "test"))];

    /// <summary>With weights large enough that a wrong position or mask shows in the logits.</summary>
    public static Llama Create(int seed = 4, double deviation = 0.3)
    {
        var model = new Llama(Config, seed);
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)seed);
        foreach (var parameter in model.parameters())
        {
            if (parameter.dim() > 1) parameter.normal_(0, deviation, generator);
        }

        return model;
    }
}

/// <summary>Scores an answer by a rule over its whole row: here the share of a token that is liked.</summary>
internal sealed class RuleScorer(Func<long[], double> rule) : IScorer
{
    public static RuleScorer Likes(int token) => new(ids => ids.Count(i => i == token));

    public Tensor Score(Tensor ids, Tensor lengths)
    {
        var (numbers, width) = (ids.data<long>().ToArray(), (int)ids.shape[1]);
        return tensor(lengths.data<long>().ToArray().Select((l, i) => (float)rule(numbers[(i * width)..(i * width + (int)l)])).ToArray());
    }
}
