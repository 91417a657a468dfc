using System.Text.Json.Serialization;

namespace ChatLoop.Core.Conversations;

/// <summary>A conversation as stored: its turns in the order in which they were accepted. <see cref="TurnTree"/> says which follows which.</summary>
public sealed record Conversation
{
    /// <summary>The layout that this code writes.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required string Id { get; init; }

    /// <summary>Whose it is; null where the first question named nobody.</summary>
    public string? UserId { get; init; }

    /// <summary>What its owner calls it; null until they say, and <see cref="ConversationTitle"/> makes one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What an OpenAI client said before its question; null where the page or /api/chat began the conversation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Prelude? Prelude { get; init; }

    public IReadOnlyList<Turn> Turns { get; init; } = [];

    /// <summary>Names the stored state that this is; null where it was not stored yet. It is not part of what is stored.</summary>
    [JsonIgnore]
    public string? Version { get; init; }
}
