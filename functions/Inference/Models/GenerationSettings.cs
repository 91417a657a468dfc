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

    /// <exception cref="JsonException">It is neither an id nor a list of them.</exception>
    public IReadOnlyList<int> EosTokenIds() => EosTokenId.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        JsonValueKind.Array => [.. EosTokenId.EnumerateArray().Select(Id)],
        _ => [Id(EosTokenId)],
    };

    private static int Id(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) ? id : throw new JsonException($"eos_token_id holds {value}, which is no token id.");
}
