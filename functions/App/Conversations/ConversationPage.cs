namespace ChatLoop.App.Conversations;

/// <summary>A part of a list.</summary>
/// <param name="Continuation">Where it goes on; null at its end.</param>
internal sealed record ConversationPage(IReadOnlyList<ListedConversation> Conversations, string? Continuation);
