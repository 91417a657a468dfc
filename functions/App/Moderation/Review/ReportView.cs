using ChatLoop.Core.Moderation;

namespace ChatLoop.App.Moderation.Review;

/// <summary>A report as the API shows it.</summary>
internal sealed record ReportView(
    string ConversationId, string TurnId, string TaskId, ModerationDirection Direction, IReadOnlyList<string> Categories, string? Comment, DateTimeOffset At, ReportOutcome Outcome);
