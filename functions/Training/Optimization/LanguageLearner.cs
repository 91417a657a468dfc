using System.Text.Json.Nodes;
using ChatLoop.Training.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Optimization;

/// <summary>Next-token prediction, as pre-training and fine-tuning do it.</summary>
internal sealed class LanguageLearner(Llama model, IBatchSource source, LoopOptions options) : ILearner
{
    private readonly Replicas _replicas = new(model, options.Threads);

    public LlamaConfig Config => model.Config;

    public IReadOnlyList<(string Name, Tensor Value)> Parameters { get; } = [.. model.named_parameters().Select(p => (p.name, (Tensor)p.parameter))];

    public JsonNode Cursor
    {
        get => source.Cursor;
        set => source.Cursor = value;
    }

    // One update from `Accumulation` batches; each token that counts weighs the same, whichever batch it is in.
    public (double Loss, long Tokens) Accumulate()
    {
        using var scope = NewDisposeScope();
        var batches = Enumerable.Range(0, options.Accumulation).Select(_ => source.Next()).ToArray();
        var weight = batches.Sum(b => b.Weights.sum().item<float>());
        double loss = 0;
        foreach (var batch in batches) loss += _replicas.Accumulate(batch, weight);
        return (loss / weight, batches.Sum(b => b.Ids.numel()));
    }

    public void Dispose() => _replicas.Dispose();
}
