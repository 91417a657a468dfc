namespace ChatLoop.Core.Conversations;

/// <summary>A generated answer that has not been moderated yet.</summary>
public sealed record Draft(string Text, string FinishReason, Usage? Usage, double GenerationMs);
