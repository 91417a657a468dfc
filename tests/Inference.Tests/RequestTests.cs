using Microsoft.Extensions.AI;

namespace ChatLoop.Inference.Tests;

/// <summary>What the client does not do, or cannot, it says before anything is generated.</summary>
public sealed class RequestTests(RequestTests.Loaded loaded) : IClassFixture<RequestTests.Loaded>
{
    public static TheoryData<ChatOptions, string> Refused => new()
    {
        { new() { Temperature = -0.1f }, "Temperature is -0.1; it must lie between 0 and 100" },
        { new() { Temperature = float.NaN }, "Temperature" },
        { new() { TopP = 1.5f }, "TopP is 1.5" },
        { new() { TopK = -1 }, "TopK is -1" },
        { new() { PresencePenalty = 3 }, "PresencePenalty" },
        { new() { FrequencyPenalty = -3 }, "FrequencyPenalty" },
        { new() { MaxOutputTokens = 0 }, "MaxOutputTokens is 0" },
        { new() { StopSequences = ["ok", ""] }, "stop sequence" },
        { new() { ModelId = "gpt-4" }, "'gpt-4'" },
        { new() { ConversationId = "c" }, "conversation ids" },
        { new() { ResponseFormat = ChatResponseFormat.Json }, "response format" },
        { new() { Tools = [AIFunctionFactory.Create(() => 1, "one")] }, "tools" },
        { new() { AdditionalProperties = new() { [SamplingProperties.MinP] = 2 } }, "min_p" },
        { new() { AdditionalProperties = new() { [SamplingProperties.MinP] = "some" } }, "min_p must be a number" },
        { new() { AdditionalProperties = new() { [SchedulingProperties.Caller] = 1 } }, "caller must be a text" },
        { new() { AdditionalProperties = new() { [SamplingProperties.RepetitionPenalty] = 0 } }, "repetition_penalty" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task An_option_out_of_range_or_unsupported_is_refused_by_name(ChatOptions options, string reason)
    {
        var whole = await Assert.ThrowsAsync<ArgumentException>(() => loaded.Client.GetResponseAsync("Hello!", options));
        var streaming = Assert.Throws<ArgumentException>(() => { loaded.Client.GetStreamingResponseAsync("Hello!", options); });

        Assert.Contains(reason, whole.Message, StringComparison.Ordinal);
        Assert.Equal(whole.Message, streaming.Message);
    }

    [Fact]
    public async Task Messages_that_are_no_question_are_refused()
    {
        ChatMessage[][] refused =
        [
            [],
            [new(ChatRole.System, "Be kind.")],
            [new(ChatRole.Tool, "42")],
            [new(new ChatRole("robot"), "Hi")],
            [new(ChatRole.User, [new TextContent("See"), new DataContent(new byte[] { 1 }, "image/png")])],
        ];

        foreach (var messages in refused) await Assert.ThrowsAsync<ArgumentException>(() => loaded.Client.GetResponseAsync(messages));
        await Assert.ThrowsAsync<ArgumentNullException>(() => loaded.Client.GetResponseAsync((IEnumerable<ChatMessage>)null!));
    }

    [Fact]
    public async Task Additional_properties_are_read_from_numbers_text_and_json()
    {
        foreach (var value in (object[])[1, 1.0, "1", System.Text.Json.JsonDocument.Parse("1").RootElement])
        {
            // A min-p of 1 leaves the likeliest token alone, whatever the temperature.
            var options = new ChatOptions { Temperature = 50, TopK = 0, TopP = 1, Seed = 1, AdditionalProperties = new() { [SamplingProperties.MinP] = value } };

            Assert.Equal("Hello, how are you today?", (await loaded.Client.GetResponseAsync("Hello!", options)).Text);
        }
    }

    public sealed class Loaded : IDisposable
    {
        private readonly TinyModel _model = TinyModel.Ours();

        public Loaded() => Client = _model.Client();

        public OnnxChatClient Client { get; }

        public void Dispose()
        {
            Client.Dispose();
            _model.Dispose();
        }
    }
}
