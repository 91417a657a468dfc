namespace ChatLoop.App.Conversations;

/// <summary>The body of a PATCH of a conversation.</summary>
internal sealed record RenameRequest(string? Title);
