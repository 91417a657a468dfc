using System.Text.Json.Serialization;

namespace ChatLoop.App.Chat.Views;

/// <summary>A turn as the API shows it.</summary>
[JsonDerivedType(typeof(AnsweredTurn))]
[JsonDerivedType(typeof(RunningTurn))]
internal abstract record TurnView
{
    [JsonPropertyOrder(-4)]
    public required string ConversationId { get; init; }

    [JsonPropertyOrder(-3)]
    public required string TurnId { get; init; }

    /// <summary>The turn that it follows; null where it begins the conversation.</summary>
    [JsonPropertyOrder(-3)]
    public required string? ParentTurnId { get; init; }

    /// <summary>completed or running.</summary>
    [JsonPropertyOrder(-2)]
    public abstract string Status { get; }

    [JsonPropertyOrder(-1)]
    public required string Question { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }
}
