namespace ChatLoop.Core.Conversations;

/// <summary>One of two answers that passed moderation and are shown side by side.</summary>
public sealed record ReplyDraft(string Id, string Text, string FinishReason);
