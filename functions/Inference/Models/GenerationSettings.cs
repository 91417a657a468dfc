using System.Text.Json;

namespace ChatLoop.Inference.Models;

/// <summary>`generation_config.json`: the model's own sampling defaults, and where it stops.</summary>
internal sealed record GenerationSettings
{
    /// <summary>One id, or a list of them.</summary>
    public JsonElement EosTokenId { get; init; }

    public bool DoSample { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public float? MinP { get; init; }

    public float? RepetitionPenalty { get; init; }

    public IReadOnlyList<int> EosTokenIds => EosTokenId.ValueKind switch
    {
        JsonValueKind.Number => [EosTokenId.GetInt32()],
        JsonValueKind.Array => [.. EosTokenId.EnumerateArray().Select(id => id.GetInt32())],
        _ => [],
    };
}
