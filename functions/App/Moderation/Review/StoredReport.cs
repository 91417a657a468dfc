using ChatLoop.Core.Moderation;

namespace ChatLoop.App.Moderation.Review;

/// <summary>A user says that a turn was blocked by mistake.</summary>
/// <param name="TaskId">The labeling task that comes of it, which holds the text and what people say of it.</param>
/// <param name="Direction">What was blocked.</param>
/// <param name="Categories">For what.</param>
internal sealed record StoredReport(
    string UserId, string ConversationId, string TurnId, string TaskId, ModerationDirection Direction, IReadOnlyList<string> Categories, string? Comment, DateTimeOffset At);
