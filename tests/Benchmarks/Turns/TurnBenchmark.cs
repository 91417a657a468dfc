using System.Diagnostics;

namespace ChatLoop.Benchmarks.Turns;

/// <summary>
/// What the app adds to the model's own time of an answer, over HTTP, on the embedded host with its storage emulator; then one turn,
/// request by request. Run from the repository's root, after a Release build of functions/App.
/// </summary>
internal static class TurnBenchmark
{
    private const int Warmup = 50;
    private const int Turns = 300;
    private const string Conversations = "/conversations/conversations/";

    public static async Task RunAsync()
    {
        await using var app = MeasuredApp.Start();
        await app.ListenAsync();
        for (var i = 0; i < Warmup; i++) await app.AskAsync();

        var (whole, added, moderation, generation) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Turns; i++)
        {
            var at = Stopwatch.GetTimestamp();
            var timings = await app.AskAsync();
            whole.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            moderation.Add(timings.GetProperty("moderationMs").GetDouble());
            generation.Add(timings.GetProperty("generationMs").GetDouble());
            added.Add(whole[^1] - generation[^1]);
        }

        Latencies.Report("POST /api/chat to its answer", whole);
        Latencies.Report("of that in the language model", generation);
        Latencies.Report("of that in the moderation model", moderation);
        Latencies.Report("added by everything but the model", [.. added]);

        var trace = app.Trace();
        var storage = trace.Index().Where(line => IsTaken(line.Item)).TakeLast(Turns).Select(turn => trace.Skip(turn.Index + 1)
            .TakeWhile(request => request.At < turn.Item.At + turn.Item.Took).Where(request => request.Name.Contains(Conversations, StringComparison.Ordinal)).Sum(request => request.Took.TotalMilliseconds)).ToList();
        Latencies.Report("of that writing to the storage emulator", [.. storage]);
        Latencies.Report("of that in the host and the app", [.. added.Zip(storage, (all, writing) => all - writing)]);

        var last = trace.FindLastIndex(IsTaken);
        Console.WriteLine("One turn: begin, duration in ms, request");
        foreach (var (at, took, name) in trace.Skip(last))
            Console.WriteLine($"{(at - trace[last].At).TotalMilliseconds,8:F2} {took.TotalMilliseconds,8:F2}  {name}");
    }

    private static bool IsTaken((DateTime At, TimeSpan Took, string Name) request) => request.Name.StartsWith("taken: ", StringComparison.Ordinal);
}
