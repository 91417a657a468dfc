using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Base;
using ChatLoop.Training.ModelCards;

namespace ChatLoop.Training.Export;

/// <summary>An exported chat model's folder with its graph in another format; all else is the source's.</summary>
internal static class QuantizedFolder
{
    private const string ConfigFile = "config.json";
    private const string GraphFile = "onnx/model.onnx";
    private const string CardFile = "README.md";

    /// <summary>The card of the model that the folder was made from.</summary>
    private const string SourceCard = "source.md";

    public static void Write(string folder, ExportedModel source, IReadOnlyDictionary<string, Weight> weights, WeightFormat format, DateTimeOffset created, string card) => WholeFolder.Write(folder, draft =>
    {
        var manifest = ModelManifest.Verify(source.Folder, ModelManifest.ChatKind);
        foreach (var file in manifest.Files.Keys.Where(f => f is not (ConfigFile or GraphFile)))
        {
            var target = Path.Combine(draft, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(source.Folder, file), target);
        }

        Directory.CreateDirectory(Path.Combine(draft, "onnx"));
        LlamaGraph.Save(Path.Combine(draft, GraphFile), source.Config, weights, format);
        File.WriteAllText(Path.Combine(draft, ConfigFile), HuggingFaceFiles.Config(source.Config, format, "LlamaForCausalLM"));
        var (sourceCard, kept) = (Path.Combine(source.Folder, CardFile), Path.Combine(draft, SourceCard));
        if (File.Exists(sourceCard) && !File.Exists(kept)) File.Copy(sourceCard, kept);
        var metadata = new SortedDictionary<string, string>(manifest.Metadata.ToDictionary(), StringComparer.Ordinal) { ["weights"] = format.Name(), ["madeFrom"] = source.ManifestSha256 };
        ModelManifest.Write(draft, ModelManifest.ChatKind, manifest.Name, created, metadata);
        File.WriteAllText(Path.Combine(draft, CardFile), card);
    });

    public static string Card(ExportedModel source, WeightFormat format, IReadOnlyList<(string Text, FormatLoss Loss)> losses)
    {
        var card = new System.Text.StringBuilder();
        card.Line($"# {source.Name}, {format.Name()}\n");
        card.Line($"The model `{source.Name}` (SHA-256 of its manifest `{source.ManifestSha256}`) with the matrices of `onnx/model.onnx` as {format.Name()}. Everything else is that model's: its card, with data, licences, results and limits, is [{SourceCard}]({SourceCard}), whose list of files speaks of the folder that this one was made from.\n");
        card.Line($"## What the format costs\n");
        card.Line($"Beside float32, from the weights in `model.safetensors`.");
        foreach (var (text, loss) in losses) card.Line($"\nOn {text} ({loss.Tokens:N0} tokens, {loss.FloatBits:F4} bits per byte in float32):\n\n{FormatLoss.Header}\n{loss.Row}");
        return card.ToString();
    }
}
