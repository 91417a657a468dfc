using System.Diagnostics;
using System.Globalization;

/// <summary>
/// Runs inside the measured app before its own Main (DOTNET_STARTUP_HOOKS, whose name and place this must have): writes every request that
/// the app takes or makes as a line, start, duration in milliseconds and name, without a change in the app.
/// </summary>
internal static class StartupHook
{
    /// <summary>The variable that names the file to write to.</summary>
    public const string FileVariable = "CHATLOOP_TRACE_FILE";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { } file) return;
        var output = TextWriter.Synchronized(new StreamWriter(file) { AutoFlush = true });
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name is "System.Net.Http" or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{activity.StartTimeUtc.Ticks}\t{activity.Duration.TotalMilliseconds:F2}\t{(activity.Kind == ActivityKind.Server ? "taken: " : "")}{activity.DisplayName} {activity.GetTagItem("url.full")}")),
        });
    }
}
