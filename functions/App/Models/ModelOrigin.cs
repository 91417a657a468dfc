namespace ChatLoop.App.Models;

/// <summary>What a version came from.</summary>
/// <param name="RunId">The improvement that made it.</param>
/// <param name="BaseVersion">The version that it was trained from.</param>
/// <param name="DatasetId">The data set that it was trained on.</param>
public sealed record ModelOrigin(string? RunId, string? BaseVersion, string? DatasetId);
