namespace ChatLoop.App.Models;

/// <summary>`current.json`: which version is to serve, and how it came to that, the last change first.</summary>
public sealed record CurrentModel(string Version, IReadOnlyList<ModelChange> History)
{
    /// <summary>Older changes are forgotten.</summary>
    public const int LongestHistory = 100;
}
