using ChatLoop.Core.Feedback;

namespace ChatLoop.App.Feedback;

/// <summary>A judgement as its user sees it.</summary>
internal sealed record JudgementView(
    string TurnId,
    FeedbackKind Kind,
    IReadOnlyList<FeedbackReason> Reasons,
    string? Comment,
    string? PreferredDraft,
    string? OtherDraft,
    string? CorrectedAnswer,
    DateTimeOffset At);
