using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Base;
using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Tokenization;

namespace ChatLoop.Benchmarks.Inference;

/// <summary>The weights that are measured: those of an exported folder, or random ones of a known shape.</summary>
internal sealed record MeasuredModel(string Name, LlamaConfig Config, IReadOnlyDictionary<string, Weight> Weights, string Tokenizer)
{
    private const int Seed = 1;

    /// <param name="folder">Where a tokenizer is written, if the weights are random.</param>
    public static MeasuredModel Open(InferenceArguments arguments, string folder)
    {
        if (arguments.Model is not null)
        {
            var exported = ExportedModel.Open(arguments.Model, ModelManifest.ChatKind);
            return new MeasuredModel(exported.Name, exported.Config, LlamaWeights.Read(exported), exported.Tokenizer);
        }

        var config = InferenceArguments.Shapes[arguments.Shape];
        using var model = new Llama(config, Seed);
        var tokenizer = Path.Combine(folder, "tokenizer.json");
        TokenizerFile.Write(tokenizer, Merges(config.VocabularySize));
        return new MeasuredModel($"random weights of {arguments.Shape}, seed {Seed}", config, LlamaWeights.Of(model), tokenizer);
    }

    /// <summary>Writes the folder that the chat client loads.</summary>
    public void WriteFolder(string folder, WeightFormat format) => ChatModelWriter.Write(folder, new ChatModel
    {
        Name = "measured", Config = Config, Weights = Weights, TokenizerFile = Tokenizer, Created = DateTimeOffset.UnixEpoch, Format = format,
    });

    // Pairs of printable signs, then threes: as many as the vocabulary lacks. What a random model writes is then mostly whole characters.
    private static List<(byte[] Left, byte[] Right)> Merges(int vocabulary)
    {
        byte[] signs = [.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (byte)c)];
        var pairs = from a in signs from b in signs select (Left: new[] { a }, Right: new[] { b });
        var threes = from pair in pairs from c in signs select (Left: new[] { pair.Left[0], pair.Right[0] }, Right: new[] { c });
        return [.. pairs.Concat(threes).Take(vocabulary - SpecialTokensAndBytes)];
    }

    private const int SpecialTokensAndBytes = 262;
}
