using ChatLoop.Core.Templates;

namespace ChatLoop.Core.Conversations;

/// <summary>How a turn ended. Every accepted turn ends with one.</summary>
public sealed record Reply
{
    public required string Text { get; init; }

    public required ReplySource Source { get; init; }

    /// <summary>The two answers, in the order in which they are shown, where the turn was answered by two; null for one.</summary>
    public IReadOnlyList<ReplyDraft>? Drafts { get; init; }

    /// <summary>Which of them the user prefers; null until they say.</summary>
    public DraftChoice? Choice { get; init; }

    /// <summary>stop or length from the model, stopped where a person ended it; content_filter, timeout, length or error with a template.</summary>
    public required string FinishReason { get; init; }

    /// <summary>Which template answered and why; null when the model did.</summary>
    public TemplateKey? Template { get; init; }

    public TurnModeration Moderation { get; init; } = new(null, null);

    public Usage? Usage { get; init; }

    public required TurnTimings Timings { get; init; }

    public required DateTimeOffset AnsweredAt { get; init; }
}
