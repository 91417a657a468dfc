using System.Diagnostics;
using System.Globalization;
using ChatLoop.Core.Moderation;
using ChatLoop.Inference.Moderation;
using Microsoft.Extensions.AI;
using Xunit.Abstractions;

namespace ChatLoop.Inference.Tests;

/// <summary>Figures for the READMEs, taken only when asked for; nothing here passes or fails by time.</summary>
public sealed class Measurements(ITestOutputHelper output)
{
    private const string Flag = "CHATLOOP_MEASURE";

    [SkippableFact]
    public async Task Moderation_latency()
    {
        Skip.If(Environment.GetEnvironmentVariable(Flag) is null, $"{Flag} is not set.");
        using var moderator = new OnnxModerator(Repository.Path("models/moderation"), ModerationPolicy.Load(Repository.Path("functions/App/Moderation/policy.json")));
        var typical = "What season comes after winter, and why do the leaves turn yellow before it gets cold?";
        foreach (var text in (string[])["Hello!", typical, string.Join(' ', Enumerable.Repeat(typical, 10))])
        {
            var milliseconds = new double[2000];
            for (var i = -500; i < milliseconds.Length; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await moderator.ModerateAsync(text, ModerationDirection.Question);
                if (i >= 0) milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }

            Array.Sort(milliseconds);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text.Length} characters: p50 {milliseconds[1000]:F3} ms, p99 {milliseconds[1980]:F3} ms, n = {milliseconds.Length}"));
        }
    }

    /// <summary>The folder is the flag's value: the tiny model says little about a real one.</summary>
    [SkippableFact]
    public async Task Tokens_a_second()
    {
        var folder = Environment.GetEnvironmentVariable(Flag);
        Skip.If(!Directory.Exists(folder), $"{Flag} is not a chat model's folder.");
        using var client = new OnnxChatClient(new InferenceOptions { ModelPath = folder });
        var rates = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var response = await client.GetResponseAsync("Tell me a long story about a dog.", new ChatOptions { Temperature = 1.5f, Seed = i, MaxOutputTokens = 200 });
            if (i > 0) rates.Add(response.Usage!.OutputTokenCount!.Value / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        rates.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(folder)}: median {rates[5]:F0} tokens a second, {rates[0]:F0} to {rates[^1]:F0}, n = {rates.Count} answers, prompt included"));
    }
}
