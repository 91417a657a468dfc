namespace ChatLoop.EmbeddedHost.Tests.Hosting;

/// <summary>How long a test waits for a signal before it fails: no measure of speed, only so that it ends.</summary>
internal static class Patience
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    /// <summary>For an app that starts Node.js on a machine that does much else; the first run installs Azurite too.</summary>
    public static readonly TimeSpan ForProcesses = TimeSpan.FromMinutes(3);
}
