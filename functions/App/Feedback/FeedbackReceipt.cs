namespace ChatLoop.App.Feedback;

/// <summary>A judgement was taken, and will be stored.</summary>
internal sealed record FeedbackReceipt(string Id);
