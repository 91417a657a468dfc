namespace ChatLoop.EndToEnd.Tests;

/// <summary>Settings under which an app that a test starts keeps everything of its own, away from the developer's.</summary>
internal static class OwnSettings
{
    public static Dictionary<string, string> Create() => new()
    {
        ["EmbeddedHost__DataPath"] = Path.Combine(Path.GetTempPath(), "chatloop-e2e", Guid.NewGuid().ToString("N")),
    };
}
