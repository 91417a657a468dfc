using System.ComponentModel;
using System.Diagnostics;

namespace ChatLoop.EmbeddedHost.Tests.Azurite;

/// <summary>Whether this machine can run Azurite at all.</summary>
internal static class NodeJs
{
    private static readonly Lazy<bool> Found = new(() => Runs("node") && Runs("npm"));

    public static void SkipIfMissing() =>
        Skip.IfNot(Found.Value, "Azurite needs Node.js with npm, which this machine lacks: install Node.js 22 from https://nodejs.org to run this test.");

    public static bool IsInstalled => Found.Value;

    private static bool Runs(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
