namespace ChatLoop.App.Chat.Views;

/// <summary>A conversation as the API shows it.</summary>
internal sealed record ConversationView(string ConversationId, string Title, DateTimeOffset CreatedAt, IReadOnlyList<TurnView> Turns);
