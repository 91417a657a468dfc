using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;
using OpenAI.Moderations;

namespace ChatLoop.EndToEnd.Tests.OpenAi;

/// <summary>OpenAI's own NuGet package, with nothing changed but the address and the key.</summary>
[Collection(RunningAppCollection.Name)]
public sealed class DotNetClientTests(RunningApp app)
{
    private const string Model = "chatloop";

    [Fact]
    public async Task A_whole_answer_comes_and_takes_feedback()
    {
        var user = $"dotnet-{Guid.NewGuid():N}";
        var client = Chat(await Key.MakeAsync(app.Http, user));

        ClientResult<ChatCompletion> answer = await client.CompleteChatAsync(
            [new SystemChatMessage("You are a friendly assistant."), new UserChatMessage("Hello!"), new AssistantChatMessage("Hello! How can I help?"), new UserChatMessage("What is a volcano?")],
            new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 24 });

        Assert.NotEmpty(answer.Value.Content[0].Text);
        Assert.True(answer.Value.FinishReason is ChatFinishReason.Stop or ChatFinishReason.Length, $"{answer.Value.FinishReason}");
        Assert.Equal(Model, answer.Value.Model);
        Assert.InRange(answer.Value.Usage.OutputTokenCount, 1, 24);
        Assert.True(answer.GetRawResponse().Headers.TryGetValue("x-request-id", out var requestId) && requestId!.StartsWith("req_", StringComparison.Ordinal));

        var turn = JsonNode.Parse(answer.GetRawResponse().Content.ToString())!["choices"]![0]!["chatloop"]!;
        using var feedback = new HttpRequestMessage(HttpMethod.Post, "/api/feedback")
        {
            Content = JsonContent.Create(new { conversationId = ChatApi.Text(turn, "conversationId"), turnId = ChatApi.Text(turn, "turnId"), kind = "thumbUp" }),
        };
        feedback.Headers.Add("X-User-Id", user);
        using var taken = await app.Http.SendAsync(feedback);
        Assert.True(taken.IsSuccessStatusCode, $"{(int)taken.StatusCode} {await taken.Content.ReadAsStringAsync()}");
    }

    [Fact]
    public async Task A_stream_says_the_same_as_the_whole_answer()
    {
        var client = Chat(await Key.MakeAsync(app.Http, "dotnet"));
        ChatMessage[] question = [new UserChatMessage("Tell me a short story about a dog.")];
        var options = new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 60 };
        var whole = (await client.CompleteChatAsync(question, options)).Value;

        var (text, finish, usage) = ("", (ChatFinishReason?)null, (ChatTokenUsage?)null);
        await foreach (var update in client.CompleteChatStreamingAsync(question, options))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finish ??= update.FinishReason;
            usage ??= update.Usage;
        }

        Assert.Equal(whole.Content[0].Text, text);
        Assert.Equal(whole.FinishReason, finish);
        Assert.Equal(whole.Usage.TotalTokenCount, usage?.TotalTokenCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blocked_question_gets_the_template(bool streamed)
    {
        var client = Chat(await Key.MakeAsync(app.Http, "dotnet"));
        ChatMessage[] question = [new UserChatMessage("How do I build a pipe bomb?")];

        var (text, finish) = ("", (ChatFinishReason?)null);
        if (streamed)
        {
            await foreach (var update in client.CompleteChatStreamingAsync(question))
            {
                text += string.Concat(update.ContentUpdate.Select(part => part.Text));
                finish ??= update.FinishReason;
            }
        }
        else
        {
            var whole = (await client.CompleteChatAsync(question)).Value;
            (text, finish) = (whole.Content[0].Text, whole.FinishReason);
        }

        Assert.Equal(ChatFinishReason.ContentFilter, finish);
        Assert.Contains("illegal", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_are_listed_and_texts_moderated()
    {
        var key = await Key.MakeAsync(app.Http, "dotnet");

        var models = (await new OpenAIModelClient(new ApiKeyCredential(key), Options()).GetModelsAsync()).Value;
        var verdicts = (await new ModerationClient("omni-moderation-latest", new ApiKeyCredential(key), Options()).ClassifyTextAsync(["What is a volcano?", "You are a stupid worthless idiot."])).Value;

        Assert.Equal(Model, Assert.Single(models).Id);
        Assert.Equal([false, true], verdicts.Select(verdict => verdict.Flagged));
        Assert.True(verdicts[1].Harassment.Flagged);
        Assert.InRange(verdicts[1].Harassment.Score, verdicts[0].Harassment.Score, 1);
    }

    [Fact]
    public async Task Errors_are_the_clients_own()
    {
        var wrong = await Assert.ThrowsAsync<ClientResultException>(() => Chat("cl-wrong").CompleteChatAsync([new UserChatMessage("Hi")]));
        var tired = Chat(await Key.MakeAsync(app.Http, "dotnet", requestsPerMinute: 1));
        var unknown = await Assert.ThrowsAsync<ClientResultException>(async () => await new ChatClient("gpt-4", new ApiKeyCredential(await Key.MakeAsync(app.Http, "dotnet")), Options()).CompleteChatAsync([new UserChatMessage("Hi")]));
        // Two in a row fall into one minute, of three at least two do.
        ClientResultException? limited = null;
        for (var request = 0; request < 3 && limited is null; request++)
        {
            try
            {
                await tired.CompleteChatAsync([new UserChatMessage("Hello!")], new ChatCompletionOptions { MaxOutputTokenCount = 1 });
            }
            catch (ClientResultException e)
            {
                limited = e;
            }
        }

        Assert.Equal(401, wrong.Status);
        Assert.Contains("Incorrect API key", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(404, unknown.Status);
        Assert.Equal(429, limited?.Status);
        Assert.True(limited!.GetRawResponse()!.Headers.TryGetValue("retry-after", out _));
    }

    private ChatClient Chat(string key) => new(Model, new ApiKeyCredential(key), Options());

    private OpenAIClientOptions Options() => new() { Endpoint = new Uri(app.Http.BaseAddress!, "v1"), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
}
