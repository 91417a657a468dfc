namespace ChatLoop.Core.Feedback;

/// <summary>Where stored answers are: all answers of a labeling task, or a turn of a conversation (or one draft of it).</summary>
public sealed record AnswerReference(string? TaskId = null, string? ConversationId = null, string? TurnId = null, string? DraftId = null);
