using System.Text;
using Microsoft.Extensions.AI;

namespace ChatLoop.Inference.Tests;

public sealed class StreamingTests : IDisposable
{
    private readonly TinyModel _model = TinyModel.Ours();
    private readonly OnnxChatClient _client;

    public StreamingTests() => _client = _model.Client();

    [Theory]
    [InlineData("Hello!")]
    [InlineData("Name a cake.")]
    [InlineData("Count.")]
    [InlineData("What ends a message?")]
    public async Task The_streamed_answer_equals_the_whole_one(string question)
    {
        foreach (var options in (ChatOptions[])[TinyModel.GreedyOptions(), new() { Seed = 11, Temperature = 1.5f }, new() { Temperature = 0, StopSequences = ["an", "7, 8"] }])
        {
            var whole = await _client.GetResponseAsync(question, options);
            var streamed = await _client.GetStreamingResponseAsync(question, options).ToChatResponseAsync();

            Assert.Equal(whole.Text, streamed.Text);
            Assert.Equal(whole.FinishReason, streamed.FinishReason);
            Assert.Equal(whole.ModelId, streamed.ModelId);
            Assert.Equal(whole.Usage!.OutputTokenCount, streamed.Usage!.OutputTokenCount);
            Assert.Equal(whole.Usage!.TotalTokenCount, streamed.Usage!.TotalTokenCount);
        }
    }

    [Fact]
    public async Task No_update_holds_half_a_character()
    {
        var updates = new List<string>();
        await foreach (var update in _client.GetStreamingResponseAsync("Name a cake.", TinyModel.GreedyOptions())) updates.Add(update.Text);

        // Some characters take several tokens, so there are fewer pieces than tokens; each piece is whole.
        Assert.Equal("Käsekuchen, crème brûlée, 餅 and \U0001F370\U0001F9C1!", string.Concat(updates));
        Assert.All(updates, text => Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))));
        Assert.DoesNotContain(updates, text => text.Contains('\uFFFD', StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_finish_reason_and_the_usage_come_with_the_last_update_only()
    {
        var updates = await ToListAsync(_client.GetStreamingResponseAsync("Hello!", TinyModel.GreedyOptions()));

        Assert.All(updates.SkipLast(1), update => Assert.Null(update.FinishReason));
        Assert.All(updates.SkipLast(1), update => Assert.DoesNotContain(update.Contents, c => c is UsageContent));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.IsType<UsageContent>(Assert.Single(updates[^1].Contents));
        Assert.Single(updates.Select(u => u.ResponseId).Distinct());
        Assert.All(updates, update => Assert.Equal(ChatRole.Assistant, update.Role));
    }

    [Fact]
    public async Task Cancelling_ends_a_stream_between_tokens_and_frees_its_place()
    {
        using var client = _model.Client(o => o.MaxConcurrentGenerations = 1);
        using var cancellation = new CancellationTokenSource();
        var updates = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("Count.", TinyModel.GreedyOptions(), cancellation.Token))
            {
                if (++updates == 3) await cancellation.CancelAsync();
            }
        });

        Assert.Equal(3, updates);
        Assert.Equal("Hello, how are you today?", (await client.GetResponseAsync("Hello!", TinyModel.GreedyOptions())).Text);
    }

    [Fact]
    public async Task A_stream_left_early_frees_its_place()
    {
        using var client = _model.Client(o => o.MaxConcurrentGenerations = 1);
        await using (var stream = client.GetStreamingResponseAsync("Count.", TinyModel.GreedyOptions()).GetAsyncEnumerator()) Assert.True(await stream.MoveNextAsync());

        Assert.Equal("Hello, how are you today?", (await client.GetResponseAsync("Hello!", TinyModel.GreedyOptions())).Text);
    }

    [Fact]
    public async Task A_stream_read_twice_is_written_twice()
    {
        var stream = _client.GetStreamingResponseAsync("Hello!", TinyModel.GreedyOptions());

        Assert.Equal("Hello, how are you today?", (await stream.ToChatResponseAsync()).Text);
        Assert.Equal("Hello, how are you today?", (await stream.ToChatResponseAsync()).Text);
    }

    public void Dispose()
    {
        _client.Dispose();
        _model.Dispose();
    }

    private static async Task<List<ChatResponseUpdate>> ToListAsync(IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        var list = new List<ChatResponseUpdate>();
        await foreach (var update in updates) list.Add(update);
        return list;
    }
}
