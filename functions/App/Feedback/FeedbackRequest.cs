using ChatLoop.Core.Feedback;

namespace ChatLoop.App.Feedback;

/// <summary>The body of POST /api/feedback.</summary>
internal sealed record FeedbackRequest
{
    public string? ConversationId { get; init; }

    public string? TurnId { get; init; }

    public FeedbackKind? Kind { get; init; }

    public IReadOnlyList<FeedbackReason>? Reasons { get; init; }

    public string? Comment { get; init; }

    public string? PreferredDraft { get; init; }

    public string? OtherDraft { get; init; }

    public string? CorrectedAnswer { get; init; }

    /// <summary>Null for what the user has said already.</summary>
    public bool? AllowDataUse { get; init; }
}
