namespace ChatLoop.App.Improvement;

/// <summary>Which run has the one place that there is.</summary>
internal sealed record ActiveRun(string RunId);
