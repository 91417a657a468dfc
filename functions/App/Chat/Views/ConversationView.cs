namespace ChatLoop.App.Chat.Views;

/// <summary>A conversation as the API shows it.</summary>
internal sealed record ConversationView(string ConversationId, DateTimeOffset CreatedAt, IReadOnlyList<TurnView> Turns);
