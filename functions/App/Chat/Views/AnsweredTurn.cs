using System.Text.Json.Serialization;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Chat.Views;

/// <summary>A turn with its reply.</summary>
internal sealed record AnsweredTurn : TurnView
{
    public override string Status => "completed";

    public required string Answer { get; init; }

    /// <summary>The two answers side by side, where there are two.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DraftView>? Drafts { get; init; }

    /// <summary>The id of the draft that the user prefers, once they have said so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Choice { get; init; }

    public required ReplySource Source { get; init; }

    public required string FinishReason { get; init; }

    public required TemplateKey? Template { get; init; }

    public required TurnModeration Moderation { get; init; }

    public required Usage? Usage { get; init; }

    public required TurnTimings Timings { get; init; }

    public required DateTimeOffset AnsweredAt { get; init; }
}
