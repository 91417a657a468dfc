using System.Text;
using System.Text.Json.Nodes;
using ChatLoop.App.Chat;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Inference;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Tests.Chat;

public sealed class AskQuestionTests
{
    private readonly World world = new();

    [Fact]
    public async Task A_turn_that_ends_in_time_is_answered_at_once()
    {
        AnswerAtOnce();

        var (http, body) = await PostAsync("""{ "message": "Hi", "options": { "seed": 1 } }""");

        Assert.Equal(200, http.Response.StatusCode);
        Assert.Equal("Grüße & \"Küsse\"", (string?)body["answer"]);
        Assert.Equal(("completed", "model", "stop", "Hi"), ((string?)body["status"], (string?)body["source"], (string?)body["finishReason"], (string?)body["question"]));
        Assert.Equal(32, ((string?)body["conversationId"])!.Length);
        Assert.Equal(32, ((string?)body["turnId"])!.Length);
        foreach (var name in new[] { "template", "moderation", "usage", "timings", "acceptedAt", "answeredAt" })
            Assert.True(body.AsObject().ContainsKey(name), name);
    }

    [Fact]
    public async Task A_turn_that_takes_longer_gets_a_status_address()
    {
        world.Options.WaitTimeout = TimeSpan.Zero;

        var (http, body) = await PostAsync("""{ "message": "Hi" }""");

        Assert.Equal(202, http.Response.StatusCode);
        Assert.Equal("running", (string?)body["status"]);
        Assert.Equal($"/api/chat/{body["conversationId"]}/turns/{body["turnId"]}", (string?)body["statusUrl"]);
        Assert.Equal((string?)body["statusUrl"], http.Response.Headers.Location);
        Assert.Equal("1", http.Response.Headers.RetryAfter);
        Assert.Null(body["answer"]);
    }

    [Fact]
    public async Task The_same_key_gets_the_first_answer_without_another_start()
    {
        AnswerAtOnce();
        var (_, first) = await PostAsync("""{ "message": "Hi" }""", "key");

        var (_, second) = await PostAsync("""{ "message": "Hi" }""", "key");

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Single(world.Durable.Started);
    }

    [Theory]
    [InlineData("""{ "message": "" }""", null)]
    [InlineData("""{ "message": "Hi" }""", "not a key")]
    [InlineData("""{ "message": "Hi", "conversationId": "0123456789abcdef0123456789abcdef" }""", null)]
    public async Task Bad_input_writes_and_starts_nothing(string request, string? key)
    {
        var (http, body) = await PostAsync(request, key);

        Assert.InRange(http.Response.StatusCode, 400, 499);
        Assert.NotEmpty((string)body["error"]!["code"]!);
        Assert.NotEmpty((string)body["error"]!["message"]!);
        Assert.Empty(world.Blobs.Names);
        Assert.Empty(world.Durable.Started);
    }

    [Fact]
    public async Task While_the_engine_is_full_a_question_is_refused_with_the_time_to_come_again()
    {
        world.Served.Load = new EngineLoad(8, 64, IsFull: true, TimeSpan.FromSeconds(6.2));

        var (http, body) = await PostAsync("""{ "message": "Hi" }""");

        Assert.Equal((503, "7", "engine_busy"), (http.Response.StatusCode, (string?)http.Response.Headers.RetryAfter, (string?)body["error"]!["code"]));
        Assert.Empty(world.Blobs.Names);
        Assert.Empty(world.Durable.Started);

        AnswerAtOnce();
        world.Served.Load = world.Served.Load with { Waiting = 63, IsFull = false };
        Assert.Equal(200, (await PostAsync("""{ "message": "Hi" }""")).Http.Response.StatusCode);
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_a_turn_that_was_started()
    {
        using var gone = new CancellationTokenSource();
        world.Durable.OnStart = async _ =>
        {
            await gone.CancelAsync();
            return OrchestrationRuntimeStatus.Running;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PostAsync("""{ "message": "Hi" }""", cancellationToken: gone.Token));

        Assert.Single(world.Durable.Started);
    }

    [Fact]
    public async Task Conversations_and_turns_are_read_as_they_stand()
    {
        AnswerAtOnce();
        var (_, first) = await PostAsync("""{ "message": "Hi" }""");
        var (conversationId, turnId) = ((string)first["conversationId"]!, (string)first["turnId"]!);
        var (_, open) = await world.AcceptAsync("Ho", conversationId);
        var functions = new ReadConversation(world.Conversations, world.Turns);

        var (_, conversation) = await ExecuteAsync(await functions.ReadAsync(new DefaultHttpContext().Request, conversationId, default));
        var (answered, turn) = await ExecuteAsync(await functions.ReadTurnAsync(new DefaultHttpContext().Request, conversationId, turnId, world.Durable, default));
        world.Durable.OnStart = _ => Task.FromResult(OrchestrationRuntimeStatus.Running);
        var (running, _) = await ExecuteAsync(await functions.ReadTurnAsync(new DefaultHttpContext().Request, conversationId, open, world.Durable, default));

        Assert.Equal(["completed", "running"], conversation["turns"]!.AsArray().Select(t => (string)t!["status"]!));
        Assert.Equal("Ho", (string?)conversation["turns"]![1]!["question"]);
        Assert.Equal((200, 202), (answered.Response.StatusCode, running.Response.StatusCode));
        Assert.Equal(first.ToJsonString(), turn.ToJsonString());
        // Asking for the open turn, which nobody had started, started it.
        Assert.Equal(OrchestrationRuntimeStatus.Running, world.Durable.Statuses[open]);
    }

    [Theory]
    [InlineData("../secret", "x")]
    [InlineData("0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef")]
    public async Task What_does_not_exist_is_not_found(string conversationId, string turnId)
    {
        var functions = new ReadConversation(world.Conversations, world.Turns);

        var (conversation, _) = await ExecuteAsync(await functions.ReadAsync(new DefaultHttpContext().Request, conversationId, default));
        var (turn, _) = await ExecuteAsync(await functions.ReadTurnAsync(new DefaultHttpContext().Request, conversationId, turnId, world.Durable, default));

        Assert.Equal((404, 404), (conversation.Response.StatusCode, turn.Response.StatusCode));
    }

    private void AnswerAtOnce() => world.Durable.OnStart = async input =>
    {
        await world.EndAsync(((TurnInput)input!).ConversationId, ((TurnInput)input).TurnId, "Grüße & \"Küsse\"");
        return OrchestrationRuntimeStatus.Completed;
    };

    private async Task<(HttpContext Http, JsonNode Body)> PostAsync(string json, string? key = null, CancellationToken cancellationToken = default)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = "application/json";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(json));
        if (key is not null)
            http.Request.Headers["Idempotency-Key"] = key;
        return await ExecuteAsync(await world.AskQuestion().RunAsync(http.Request, world.Durable, cancellationToken));
    }

    private static async Task<(HttpContext Http, JsonNode Body)> ExecuteAsync(IResult result)
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        using var body = new MemoryStream();
        http.Response.Body = body;
        await result.ExecuteAsync(http);
        return (http, JsonNode.Parse(body.ToArray())!);
    }
}
