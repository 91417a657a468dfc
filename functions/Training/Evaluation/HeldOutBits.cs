using ChatLoop.Training.Pretraining;
using static TorchSharp.torch;

namespace ChatLoop.Training.Evaluation;

/// <summary>Bits per byte on the run's held-out text, set by set and all together.</summary>
internal sealed class HeldOutBits(EvalSetting setting) : IModelTest
{
    public string Name => "text";

    public string? Missing => File.Exists(Path.Combine(setting.Context.Run.Shards, "shards.json")) ? null : $"there are no shards in {setting.Context.Run.Shards}: run the stage `shards`";

    public IReadOnlyList<Figure> Run(EvaluatedModel model, CancellationToken cancellationToken)
    {
        var shards = TokenShards.Read(setting.Context.Run.Shards);
        var length = Math.Min(setting.Options.TextLength, model.Model.Config.MaxPositions);
        var sets = shards.Index.Val.Sets;
        var share = Math.Min(1, (double)setting.Options.TextTokens / shards.Val.Length);
        var (figures, bits, bytes, tokens) = (new List<Figure>(), 0.0, 0L, 0L);
        set_num_threads(setting.Options.Threads);
        foreach (var set in sets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var noGrad = no_grad();
            var rows = (int)Math.Ceiling(share * set.Tokens / length);
            var validation = new TextValidation(model.Model, shards.Val[(int)set.Start..(int)(set.Start + set.Tokens)], setting.Vocabulary, length, rows);
            if (validation.Bytes == 0) continue;
            var result = validation.Run().BitsPerByte!.Value;
            figures.Add(new Figure(Name, set.Name, "bits per byte", result, (int)validation.Tokens));
            (bits, bytes, tokens) = (bits + result * validation.Bytes, bytes + validation.Bytes, tokens + validation.Tokens);
            setting.Context.Reporter.Progress($"eval {model.Name}: text", figures.Count, sets.Count);
        }

        return bytes == 0 ? [] : [new Figure(Name, "all", "bits per byte", bits / bytes, (int)tokens), .. figures];
    }
}
