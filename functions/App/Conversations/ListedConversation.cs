namespace ChatLoop.App.Conversations;

/// <summary>A conversation as a list shows it.</summary>
internal sealed record ListedConversation(string ConversationId, string Title, DateTimeOffset CreatedAt);
