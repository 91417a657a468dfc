namespace ChatLoop.App.Chat.Views;

/// <summary>One of two answers to choose between.</summary>
internal sealed record DraftView(string DraftId, string Text);
