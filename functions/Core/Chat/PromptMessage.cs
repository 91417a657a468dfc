namespace ChatLoop.Core.Chat;

/// <summary>One message of a prompt, as TRL's conversational form and the trainer write it.</summary>
/// <param name="Role">One of <see cref="ChatRole"/>.</param>
public sealed record PromptMessage(string Role, string Content);
