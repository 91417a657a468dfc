namespace ChatLoop.App.Conversations;

/// <summary>What an idempotency key was used for first.</summary>
/// <param name="ConversationId">Where its turn stands.</param>
/// <param name="Body">Hash of the request.</param>
internal sealed record KeyClaim(string ConversationId, string Body);
