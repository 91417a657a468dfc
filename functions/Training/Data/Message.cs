namespace ChatLoop.Training.Data;

/// <summary>One message; roles are those of <see cref="Core.Chat.ChatRole"/>.</summary>
internal sealed record Message(string Role, string Content);
