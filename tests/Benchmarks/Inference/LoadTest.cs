using System.Diagnostics;
using System.Globalization;
using ChatLoop.Inference;
using Microsoft.Extensions.AI;

namespace ChatLoop.Benchmarks.Inference;

/// <summary>Many requests at once through the chat client, as the application makes them.</summary>
internal static class LoadTest
{
    private const int AnswerTokens = 64;
    private const int PromptCharacters = 260;
    private const int LeastRequests = 8;

    private static readonly int[] AtOnce = [1, 2, 4, 8, 16];

    public static async Task RunAsync(string folder, int threads)
    {
        using var client = new OnnxChatClient(new InferenceOptions { ModelPath = folder, Threads = threads, MaxConcurrentGenerations = AtOnce[^1] });
        await AskAsync(client, -1);
        Console.WriteLine("| requests at once | tokens/s, all | first token, ms p50 | p99 | between pieces, ms p50 | p99 | requests | tokens |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var next = 0;
        foreach (var atOnce in AtOnce)
        {
            var started = Stopwatch.GetTimestamp();
            var lanes = Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
            {
                var answers = new List<TimedAnswer>();
                for (var i = 0; i < Math.Max(1, LeastRequests / atOnce); i++) answers.Add(await AskAsync(client, Interlocked.Increment(ref next)));
                return answers;
            }));
            var all = (await Task.WhenAll(lanes)).SelectMany(a => a).ToArray();
            var (seconds, tokens) = (Stopwatch.GetElapsedTime(started).TotalSeconds, all.Sum(a => a.Tokens));
            double[] first = [.. all.Select(a => a.FirstMs).Order()];
            double[] between = [.. all.SelectMany(a => a.BetweenMs).Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {atOnce} | {tokens / seconds:F0} | {At(first, 0.5):F0} | {At(first, 0.99):F0} | {At(between, 0.5):F1} | {At(between, 0.99):F1} | {all.Length} | {tokens} |"));
        }
    }

    // No two prompts begin alike, so that no engine answers one from another's work; a high temperature, so that answers are long.
    private static async Task<TimedAnswer> AskAsync(OnnxChatClient client, long number)
    {
        var prompt = string.Concat(Enumerable.Range(0, PromptCharacters).Select(i => i % 6 == 5 ? ' ' : (char)('a' + (number + 7 + i * (number + 3)) % 26)));
        var (started, last, tokens) = (Stopwatch.GetTimestamp(), 0L, 0L);
        var (first, between) = (double.NaN, new List<double>());
        await foreach (var update in client.GetStreamingResponseAsync(prompt, new ChatOptions { Temperature = 1.5f, TopK = 0, TopP = 1, Seed = number, MaxOutputTokens = AnswerTokens }))
        {
            if (update.Text.Length > 0)
            {
                if (last == 0) first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                else between.Add(Stopwatch.GetElapsedTime(last).TotalMilliseconds);
                last = Stopwatch.GetTimestamp();
            }

            tokens += update.Contents.OfType<UsageContent>().Sum(u => u.Details.OutputTokenCount ?? 0);
        }

        return new TimedAnswer(double.IsNaN(first) ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : first, between, tokens);
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[(int)(share * (sorted.Length - 1))];

    private sealed record TimedAnswer(double FirstMs, IReadOnlyList<double> BetweenMs, long Tokens);
}
