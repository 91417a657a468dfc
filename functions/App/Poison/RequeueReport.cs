namespace ChatLoop.App.Poison;

/// <summary>What came of requeueing all of a queue's waiting messages.</summary>
/// <param name="Skipped">The ids of those that have mistakes: they would fail again, and want repair or a discard.</param>
internal sealed record RequeueReport(int Requeued, IReadOnlyList<string> Skipped);
