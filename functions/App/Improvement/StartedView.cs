namespace ChatLoop.App.Improvement;

/// <summary>What a start answers.</summary>
internal sealed record StartedView(string RunId, string StatusUrl);
