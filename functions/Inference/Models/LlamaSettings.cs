namespace ChatLoop.Inference.Models;

/// <summary>What `config.json` tells that running the graph needs; the rest is read from the graph itself.</summary>
internal sealed record LlamaSettings
{
    public string? ModelType { get; init; }

    public int VocabSize { get; init; }

    public int MaxPositionEmbeddings { get; init; }

    public int NumHiddenLayers { get; init; }

    /// <summary>Set in our own exports only: such a folder is never used without its manifest.</summary>
    public int ChatloopFormat { get; init; }
}
