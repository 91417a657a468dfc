using System.Diagnostics;
using ChatLoop.Core.Moderation;
using ChatLoop.Inference.Moderation;

namespace ChatLoop.Benchmarks.Inference;

/// <summary>Time to judge one text with the shipped model and policy: a greeting, a typical message, ten of them in one. Run from the repository's root.</summary>
internal static class ModerationBenchmark
{
    private const string Typical = "What season comes after winter, and why do the leaves turn yellow before it gets cold?";
    private const int Warmup = 500;
    private const int Times = 2_000;

    public static async Task RunAsync()
    {
        using var moderator = new OnnxModerator(Path.GetFullPath("models/moderation"), ModerationPolicy.Load(Path.GetFullPath("functions/App/Moderation/policy.json")));
        foreach (var text in (string[])["Hello!", Typical, string.Join(' ', Enumerable.Repeat(Typical, 10))])
        {
            for (var i = 0; i < Warmup; i++)
                await moderator.ModerateAsync(text, ModerationDirection.Question);
            var latencies = new List<double>(Times);
            for (var i = 0; i < Times; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await moderator.ModerateAsync(text, ModerationDirection.Question);
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            Latencies.Report($"a text of {text.Length} characters", latencies);
        }
    }
}
