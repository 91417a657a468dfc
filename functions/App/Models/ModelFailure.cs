namespace ChatLoop.App.Models;

/// <summary>Why an instance does not serve the current version.</summary>
internal sealed record ModelFailure(string Version, DateTimeOffset At, string Message);
