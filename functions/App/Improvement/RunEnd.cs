namespace ChatLoop.App.Improvement;

/// <summary>How a run ends.</summary>
public sealed record RunEnd(string RunId, RunStatus Status, string Message);
