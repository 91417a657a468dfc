using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Training.Export;

/// <summary>What becomes a chat model's folder.</summary>
internal sealed record ChatModel
{
    public required string Name { get; init; }

    public required LlamaConfig Config { get; init; }

    /// <summary>By their Hugging Face names.</summary>
    public required IReadOnlyDictionary<string, Weight> Weights { get; init; }

    /// <summary>The `tokenizer.json` that the model was trained with; copied as it is.</summary>
    public required string TokenizerFile { get; init; }

    public required DateTimeOffset Created { get; init; }

    public WeightFormat Format { get; init; } = WeightFormat.Float32;

    public GenerationDefaults Generation { get; init; } = new();

    /// <summary>Pictures and tables that the card shows or names, by their names in the folder.</summary>
    public IReadOnlyDictionary<string, string> Attachments { get; init; } = new Dictionary<string, string>();

    /// <summary>Writes the model card (Markdown) from the finished manifest and its SHA-256; null leaves the card out.</summary>
    public Func<ModelManifest, string, string>? Card { get; init; }

    /// <summary>What else the manifest should tell.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
