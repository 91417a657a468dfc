using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;

namespace ChatLoop.Inference.Tests.Generation;

/// <summary>The engine on the tiny model, through the client.</summary>
public sealed class EngineOnModelTests : IDisposable
{
    private static readonly string[] Questions = ["Hello!", "Name a cake.", "Count.", "What colour is the sky?", "What is a volcano?", "Something else, and at some more length?"];

    private readonly TinyModel _model = TinyModel.Ours();

    [Fact]
    public async Task The_second_turn_does_not_read_the_first_again_and_says_the_same()
    {
        using var client = _model.Client();
        using var forgetful = _model.Client(o => o.PrefixCacheMegabytes = 0);
        List<ChatMessage> talk = [new(ChatRole.System, "Answer in one word."), new(ChatRole.User, "What colour is the sky?")];
        var first = await client.GetResponseAsync(talk, TinyModel.GreedyOptions());
        Assert.Equal(0, client.Engine.Counters.CachedTokens);
        talk.AddRange([.. first.Messages, new(ChatRole.User, "Hello!")]);

        var second = await client.GetResponseAsync(talk, TinyModel.GreedyOptions());
        var expected = await forgetful.GetResponseAsync(talk, TinyModel.GreedyOptions());

        Assert.Equal(expected.Text, second.Text);
        var read = first.Usage!.InputTokenCount!.Value + first.Usage.OutputTokenCount!.Value;
        Assert.InRange(client.Engine.Counters.CachedTokens, first.Usage.InputTokenCount.Value, read);
        Assert.Equal(first.Usage.InputTokenCount + second.Usage!.InputTokenCount, client.Engine.Counters.CachedTokens + client.Engine.Counters.PrefillTokens);
        Assert.Equal(0, forgetful.Engine.Counters.CachedTokens);
    }

    [Fact]
    public async Task Two_conversations_share_the_system_message()
    {
        using var client = _model.Client();
        ChatMessage system = new(ChatRole.System, "You are a baker, and all that you speak of is cakes and how they are made.");
        await client.GetResponseAsync([system, new(ChatRole.User, "Hello!")], TinyModel.GreedyOptions());
        var read = client.Engine.Counters.PrefillTokens;

        var second = await client.GetResponseAsync([system, new(ChatRole.User, "Count.")], TinyModel.GreedyOptions());

        Assert.True(client.Engine.Counters.PrefillTokens - read < second.Usage!.InputTokenCount / 2, $"{client.Engine.Counters.PrefillTokens - read} of {second.Usage.InputTokenCount} tokens were read again.");
    }

    [Theory]
    [InlineData("Ours")]
    [InlineData("HuggingFace")]
    public async Task Many_threads_with_answers_of_all_lengths_and_cancellations_get_their_own_answers(string layout)
    {
        using var model = TinyModel.Of(layout);
        using var client = model.Client(o => (o.MaxConcurrentGenerations, o.MaxQueuedGenerations, o.PrefillChunkTokens) = (5, 100, 3));
        ChatOptions Options(int i) => new() { Temperature = i % 2 == 0 ? 0 : 2, Seed = i, MaxOutputTokens = 1 + i % 23, AdditionalProperties = new() { [SchedulingProperties.Caller] = $"caller {i % 3}" } };
        var expected = new List<string>();
        for (var i = 0; i < 60; i++) expected.Add((await client.GetResponseAsync(Questions[i % Questions.Length], Options(i))).Text);

        var answers = new ConcurrentDictionary<int, string>();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
        {
            using var cancellation = new CancellationTokenSource();
            var text = "";
            try
            {
                await foreach (var update in client.GetStreamingResponseAsync(Questions[i % Questions.Length], Options(i), cancellation.Token))
                {
                    text += update.Text;
                    if (i % 4 == 1) await cancellation.CancelAsync();
                }

                answers[i] = text;
            }
            catch (OperationCanceledException) when (i % 4 == 1)
            {
                Assert.StartsWith(text, expected[i], StringComparison.Ordinal);
            }
        })));

        Assert.All(answers, answer => Assert.Equal(expected[answer.Key], answer.Value));
        Assert.Equal(45, answers.Count(a => a.Key % 4 != 1));
        client.Dispose();
        Assert.Equal((0, 0), (client.Engine.Load.Active, client.Engine.Load.Waiting));
    }

    [Fact]
    public async Task Requests_at_once_take_their_steps_together()
    {
        using var client = _model.Client(o => o.MaxConcurrentGenerations = 8);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => client.GetResponseAsync("Hello!", new ChatOptions { Temperature = 4, TopP = 1, TopK = 0, Seed = i, MaxOutputTokens = 100 })));

        Assert.True(client.Engine.Counters.DecodeSteps < client.Engine.Counters.DecodeTokens, $"{client.Engine.Counters.DecodeSteps} steps for {client.Engine.Counters.DecodeTokens} tokens.");
    }

    [Fact]
    public async Task The_meter_tells_of_tokens_and_times()
    {
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "ChatLoop.Inference") listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();
        using var client = _model.Client();

        await client.GetResponseAsync("Hello!", TinyModel.GreedyOptions());
        await client.GetResponseAsync("Hello!", TinyModel.GreedyOptions());

        foreach (var name in (string[])["tokens.prefill", "tokens.cached_prefix", "tokens.decode", "time_to_first_token", "time_between_tokens"])
        {
            Assert.True(seen.GetValueOrDefault($"chatloop.inference.{name}") > 0, name);
        }

        Assert.Contains("chatloop.inference.queue.length", seen.Keys);
        Assert.Contains("chatloop.inference.rows.active", seen.Keys);
    }

    [Fact]
    public async Task A_hundred_clients_come_one_after_the_other_and_each_answers()
    {
        for (var i = 0; i < 100; i++)
        {
            using var client = _model.Client();
            Assert.Equal("Hello", (await client.GetResponseAsync("Hello!", TinyModel.GreedyOptions(1))).Text);
            Assert.False(client.GetRequiredService<EngineLoad>().IsFull);
        }
    }

    public void Dispose() => _model.Dispose();
}
