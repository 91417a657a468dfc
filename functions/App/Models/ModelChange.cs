namespace ChatLoop.App.Models;

/// <summary>One change of the current version.</summary>
/// <param name="Id">The same change is made once, however often it is asked for.</param>
/// <param name="From">What it was before; null for the first.</param>
public sealed record ModelChange(string Id, string Version, string? From, DateTimeOffset At, string By, string Reason);
