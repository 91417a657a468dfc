using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

/// <summary>
/// Runs inside the measured app before its own Main (DOTNET_STARTUP_HOOKS, whose name and place this must have): writes every request that
/// the app takes or makes as a line, start, duration in milliseconds and name, without a change in the app.
/// </summary>
internal static class StartupHook
{
    /// <summary>The variable that names the file to write to.</summary>
    public const string FileVariable = "CHATLOOP_TRACE_FILE";

    /// <summary>The name of the line that says when this ran, and how long after the process had begun.</summary>
    public const string Runtime = "runtime";

    [SuppressMessage("Reliability", "CA2000", Justification = "Both live as long as the process.")]
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { } file) return;
        var output = TextWriter.Synchronized(new StreamWriter(file) { AutoFlush = true });
        var now = DateTime.UtcNow;
        output.WriteLine(Line(now, now - Process.GetCurrentProcess().StartTime.ToUniversalTime(), Runtime));
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name is "System.Net.Http" or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => output.WriteLine(
                Line(activity.StartTimeUtc, activity.Duration, $"{(activity.Kind == ActivityKind.Server ? "taken: " : "")}{activity.DisplayName} {activity.GetTagItem("url.full")}")),
        });
    }

    private static string Line(DateTime at, TimeSpan took, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.Ticks}\t{took.TotalMilliseconds:F2}\t{name}");
}
