namespace ChatLoop.App.Poison;

/// <summary>Failed messages, the latest first.</summary>
internal sealed record FailedMessageList(IReadOnlyList<FailedMessageView> Messages);
