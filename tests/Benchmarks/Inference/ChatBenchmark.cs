using System.Diagnostics;
using ChatLoop.Inference;
using Microsoft.Extensions.AI;

namespace ChatLoop.Benchmarks.Inference;

/// <summary>Tokens a second of the shipped chat model, one answer at a time and two at once. Run from the repository's root.</summary>
internal static class ChatBenchmark
{
    private const int Answers = 20;
    private const int LongestAnswer = 200;

    public static async Task RunAsync()
    {
        using var client = new OnnxChatClient(new InferenceOptions { ModelPath = Path.GetFullPath("models/chat") });
        await AnswerAsync(client, seed: -1);
        foreach (var atOnce in (int[])[1, 2])
        {
            var started = Stopwatch.GetTimestamp();
            var lanes = Enumerable.Range(0, atOnce).Select(lane => Task.Run(async () =>
            {
                long tokens = 0;
                for (var i = lane; i < Answers; i += atOnce)
                    tokens += await AnswerAsync(client, i);
                return tokens;
            }));
            var written = (await Task.WhenAll(lanes)).Sum();
            Console.WriteLine($"{atOnce} at once: {written / Stopwatch.GetElapsedTime(started).TotalSeconds:F0} tokens/s in all (n={Answers} answers, {written} tokens, prompts included)");
        }
    }

    /// <summary>A high temperature, so that the answers are long.</summary>
    private static async Task<long> AnswerAsync(OnnxChatClient client, long seed)
    {
        var options = new ChatOptions { Temperature = 1.5f, Seed = seed, MaxOutputTokens = LongestAnswer };
        var response = await client.GetResponseAsync("Tell me a long story about a dog.", options);
        return response.Usage?.OutputTokenCount ?? throw new InvalidOperationException("The client counted no tokens.");
    }
}
