using System.Text.Json.Serialization;

namespace ChatLoop.App.Chat;

/// <summary>A turn has its reply.</summary>
/// <param name="NextTurnId">The turn that may be waiting for this end.</param>
public sealed record EndedTurn(string? NextTurnId)
{
    /// <summary>Others that may be waiting for it, where the conversation branches after this turn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? OtherTurnIds { get; init; }

    [JsonIgnore]
    internal IEnumerable<string> Waiting => NextTurnId is { } next ? [next, .. OtherTurnIds ?? []] : [];
}
