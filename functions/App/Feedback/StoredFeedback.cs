using ChatLoop.Core.Chat;
using ChatLoop.Core.Feedback;

namespace ChatLoop.App.Feedback;

/// <summary>A judgement with what it is about, copied from the conversation: data sets are built of these alone.</summary>
/// <param name="Prompt">What the model was asked: the earlier turns that it answered itself, and the question.</param>
/// <param name="Answer">What was shown; null where the turn was answered by two drafts.</param>
/// <param name="Drafts">The two drafts, in the order in which they were shown; null for a single answer.</param>
public sealed record StoredFeedback(
    FeedbackMessage Message,
    IReadOnlyList<PromptMessage> Prompt,
    string? Answer,
    IReadOnlyList<StoredDraft>? Drafts,
    DateTimeOffset CollectedAt);
