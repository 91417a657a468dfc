using System.Diagnostics;

namespace ChatLoop.Benchmarks.Turns;

/// <summary>
/// From process start to the first answer with the shipped models, the storage running already, as on Azure; and once with the storage
/// emulator's own start. Run from the repository's root; CHATLOOP_APP names a published app to measure instead of the Release build.
/// </summary>
internal static class StartBenchmark
{
    private const int Starts = 9;

    public static async Task RunAsync()
    {
        var emulator = Stopwatch.GetTimestamp();
        await using var first = MeasuredApp.Start();
        await first.ListenAsync();
        await first.AskAsync();
        Console.WriteLine($"{"with the storage emulator's start",-40} {Stopwatch.GetElapsedTime(emulator).TotalMilliseconds,8:F0} ms (n=1)");

        var (runtime, ready, listening, answered) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Starts; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await using var app = MeasuredApp.Start(first.Storage);
            await app.ListenAsync();
            listening.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await app.AskAsync();
            answered.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            var trace = app.Trace();
            var hook = trace.Single(line => line.Name == StartupHook.Runtime);
            runtime.Add(hook.Took.TotalMilliseconds);
            ready.Add((trace.First(line => line.Name != StartupHook.Runtime).At - hook.At + hook.Took).TotalMilliseconds);
        }

        Latencies.Report("process start to the app's Main", runtime);
        Latencies.Report("… to its first request to the storage", ready);
        Latencies.Report("… to listening", listening);
        Latencies.Report("… to the first answer, whole", answered);
    }
}
