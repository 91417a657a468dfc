namespace ChatLoop.EmbeddedHost.Tests.Hosting;

/// <summary>How long a test waits for a signal before it fails: no measure of speed, only so that it ends.</summary>
internal static class Patience
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
}
