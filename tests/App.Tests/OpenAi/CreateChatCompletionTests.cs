using System.Text.Json.Nodes;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using ChatLoop.Inference;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Tests.OpenAi;

[Collection(AzuriteTests.Name)]
public sealed class CreateChatCompletionTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private OpenAiWorld world = null!;
    private string key = null!;

    public async Task InitializeAsync()
    {
        if (!NodeJs.IsInstalled)
            return;
        world = await OpenAiWorld.CreateAsync(azurite.ConnectionString);
        key = await world.KeyAsync();
    }

    public Task DisposeAsync()
    {
        world?.Dispose();
        return Task.CompletedTask;
    }

    [SkippableFact]
    public async Task The_model_reads_all_messages_and_the_conversation_keeps_them()
    {
        NodeJs.SkipIfMissing();
        var answer = await CompleteAsync("""
            [{ "role": "system", "content": "Be brief." }, { "role": "user", "content": "Hi" }, { "role": "assistant", "content": "Hello!", "refusal": null },
             { "role": "developer", "content": [{ "type": "text", "text": "And kind." }] }, { "role": "user", "content": "Is ice" }, { "role": "user", "content": "cold?" }]
            """);

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            ["system: Be brief.\n\nAnd kind.", "user: Hi", "assistant: Hello!", "user: Is ice\n\ncold?"], Assert.Single(world.Asked).Select(message => $"{message.Role}: {message.Text}"));
        var conversation = await world.World.Conversations.ReadAsync((string)answer.Body["choices"]![0]!["chatloop"]!["conversationId"]!);
        Assert.Equal("ada", conversation.UserId);
        Assert.Equal([new Exchange("Hi", "Hello!")], conversation.Prelude!.Exchanges);
        Assert.Equal((string?)answer.Body["id"], $"chatcmpl-{Assert.Single(conversation.Turns).Id}");
        Assert.Equal([conversation.Id], await world.World.Items.IdsAsync("ada", "conversation", default));
    }

    [SkippableFact]
    public async Task Exchanges_that_would_not_have_passed_here_are_withheld_from_the_model()
    {
        NodeJs.SkipIfMissing();
        var template = OpenAiWorld.Templates.Choose(TemplateKind.AnswerBlocked, [], ["de"]).Text;
        var messages = new JsonArray();
        foreach (var (question, said) in new[] { ("A bad question", "no"), ("Hi", "a bad answer"), ("Ho", template), ("Hello", "Hello!") })
        {
            messages.Add(new JsonObject { ["role"] = "user", ["content"] = question });
            messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = said });
        }

        messages.Add(new JsonObject { ["role"] = "user", ["content"] = "Is ice cold?" });
        var answer = await CompleteAsync(messages.ToJsonString());

        Assert.Equal("stop", (string?)answer.Body["choices"]![0]!["finish_reason"]);
        Assert.Equal(["Hello", "Hello!", "Is ice cold?"], Assert.Single(world.Asked).Select(message => message.Text));
    }

    [SkippableFact]
    public async Task A_flagged_system_message_is_answered_by_the_template()
    {
        NodeJs.SkipIfMissing();
        var answer = await CompleteAsync("""[{ "role": "system", "content": "Be bad." }, { "role": "user", "content": "Hi" }]""");

        Assert.Equal("content_filter", (string?)answer.Body["choices"]![0]!["finish_reason"]);
        Assert.True((bool)answer.Body["moderation"]!["input"]!["results"]![0]!["flagged"]!);
        Assert.Empty(world.Asked);
    }

    [SkippableFact]
    public async Task Parameters_reach_the_model_and_choices_differ_in_their_seed()
    {
        NodeJs.SkipIfMissing();
        var answer = await CompleteAsync(
            """[{ "role": "user", "content": "Hi" }]""",
            """
            , "n": 2, "seed": 7, "temperature": 0.5, "top_p": 0.9, "presence_penalty": 1, "frequency_penalty": -1, "max_tokens": 5, "max_completion_tokens": 6, "stop": "x", "logit_bias": {},
              "tools": [], "response_format": { "type": "text" }, "user": "u", "metadata": { "a": "b" }, "stream": false, "top_k": 3
            """);

        Assert.Equal([7, 8], world.AskedWith.Select(options => (int)options.Seed!));
        var options = world.AskedWith[0];
        Assert.Equal((0.5, 0.9, 1, -1, 6, 3), (options.Temperature, options.TopP, options.PresencePenalty, options.FrequencyPenalty, options.MaxTokens, options.TopK));
        Assert.Equal(["x"], options.Stop!);
        Assert.Equal([0, 1], answer.Body["choices"]!.AsArray().Select(choice => (int)choice!["index"]!));
        // The prompt once, both answers.
        Assert.Equal((20, 10, 30), ((int)answer.Body["usage"]!["prompt_tokens"]!, (int)answer.Body["usage"]!["completion_tokens"]!, (int)answer.Body["usage"]!["total_tokens"]!));
    }

    [SkippableTheory]
    [InlineData("", "", "messages")]
    [InlineData("[]", "", "messages")]
    [InlineData("\"Hi\"", "", "messages")]
    [InlineData("[{ \"role\": \"assistant\", \"content\": \"Hi\" }]", "", "messages")]
    [InlineData("[{ \"role\": \"user\", \"content\": \" \" }]", "", "messages")]
    [InlineData("[{ \"role\": \"tool\", \"content\": \"Hi\" }]", "", "messages[0].role")]
    [InlineData("[{ \"role\": \"user\" }]", "", "messages[0].content")]
    [InlineData("[{ \"role\": \"user\", \"content\": [{ \"type\": \"image_url\", \"image_url\": { \"url\": \"x\" } }] }]", "", "messages[0].content[0]")]
    [InlineData(Hi, ", \"n\": 5", "n")]
    [InlineData(Hi, ", \"temperature\": \"warm\"", "temperature")]
    [InlineData(Hi, ", \"top_p\": 2", "top_p")]
    [InlineData(Hi, ", \"max_tokens\": 0", "max_tokens")]
    [InlineData(Hi, ", \"seed\": 1.5", "seed")]
    [InlineData(Hi, ", \"stop\": [\"\"]", "stop")]
    [InlineData(Hi, ", \"stop\": [1]", "stop[0]")]
    [InlineData(Hi, ", \"logit_bias\": { \"1\": 2 }", "logit_bias")]
    [InlineData(Hi, ", \"response_format\": { \"type\": \"json_object\" }", "response_format")]
    [InlineData(Hi, ", \"tools\": [{ \"type\": \"function\" }]", "tools")]
    [InlineData(Hi, ", \"logprobs\": true", "logprobs")]
    [InlineData(Hi, ", \"stream_options\": { \"include_usage\": true }", "stream_options")]
    [InlineData(Hi, ", \"temprature\": 1", "temprature")]
    public async Task What_cannot_be_done_is_refused_by_name(string messages, string more, string param)
    {
        NodeJs.SkipIfMissing();
        var answer = messages.Length == 0 ? await world.CompleteAsync("""{ "model": "shipped" }""", key) : await CompleteAsync(messages, more);

        Assert.Equal((400, "invalid_request_error", param), (answer.Error.Status, answer.Error.Type, answer.Error.Param));
        Assert.NotEmpty((string)answer.Body["error"]!["message"]!);
        Assert.Empty(world.World.Durable.Started);
        // It counts all the same.
        Assert.Equal("99", answer.Header("x-ratelimit-remaining-requests"));
    }

    [SkippableFact]
    public async Task Bodies_that_are_none_get_the_envelope()
    {
        NodeJs.SkipIfMissing();
        world.Options.LargestBody = 2_000;

        Assert.Equal((400, "invalid_request_error", null, "invalid_json"), (await world.CompleteAsync("{", key)).Error);
        Assert.Equal((400, "invalid_request_error", null, "invalid_json"), (await world.CompleteAsync("[]", key)).Error);
        Assert.Equal((415, "invalid_request_error", null, "unsupported_media_type"), (await world.CompleteAsync("{}", key, http => http.ContentType = "text/plain")).Error);
        Assert.Equal((413, "invalid_request_error", null, "body_too_large"), (await world.CompleteAsync(new string(' ', 3_000), key)).Error);
        Assert.Equal((404, "invalid_request_error", "model", "model_not_found"), (await world.CompleteAsync($$"""{ "model": "gpt-4", "messages": {{Hi}} }""", key)).Error);
    }

    [SkippableFact]
    public async Task While_the_engine_is_full_a_request_is_refused_with_the_time_to_come_again()
    {
        NodeJs.SkipIfMissing();
        world.World.Served.Load = new EngineLoad(8, 64, IsFull: true, TimeSpan.FromSeconds(6.2));

        var refused = await CompleteAsync(Hi);

        Assert.Equal((503, "server_error", null, "engine_busy"), refused.Error);
        Assert.Equal("7", refused.Header("retry-after"));
        Assert.Empty(world.World.Durable.Started);
    }

    [SkippableFact]
    public async Task Turns_that_go_wrong_are_errors()
    {
        NodeJs.SkipIfMissing();
        world.Says = _ => null;
        Assert.Equal((500, "server_error", null, "generation_failed"), (await CompleteAsync(Hi)).Error);
        world.Says = _ => "";
        Assert.Equal((400, "invalid_request_error", "messages", "context_length_exceeded"), (await CompleteAsync(Hi)).Error);
        Assert.Equal((400, "invalid_request_error", "messages", "context_length_exceeded"), (await CompleteAsync($$"""[{ "role": "user", "content": "{{new string('x', 4_001)}}" }]""")).Error);

        world.World.Durable.OnStart = _ => Task.FromResult(OrchestrationRuntimeStatus.Running);
        world.Options.WaitTimeout = TimeSpan.Zero;
        var late = await CompleteAsync(Hi);
        Assert.Equal((503, "server_error", null, "timeout"), late.Error);
        Assert.Equal("5", late.Header("retry-after"));

        world.World.Blobs.Before = _ => throw new InvalidOperationException("secret detail");
        var failed = await CompleteAsync(Hi);
        Assert.Equal((500, "server_error", null, null), failed.Error);
        Assert.DoesNotContain("secret", failed.Text, StringComparison.Ordinal);
        Assert.Contains(failed.Header("x-request-id")!, failed.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_same_idempotency_key_is_the_same_completion()
    {
        NodeJs.SkipIfMissing();
        var first = await CompleteAsync(Hi, change: http => http.Headers["Idempotency-Key"] = "once");
        var second = await CompleteAsync(Hi, change: http => http.Headers["Idempotency-Key"] = "once");
        var other = await CompleteAsync("""[{ "role": "system", "content": "x" }, { "role": "user", "content": "Hi" }]""", change: http => http.Headers["Idempotency-Key"] = "once");

        Assert.Equal(first.Text, second.Text);
        Assert.Single(world.Asked);
        Assert.Equal((422, "invalid_request_error", null, "idempotency_key_reused"), other.Error);
    }

    [SkippableFact]
    public async Task An_OpenAI_client_never_waits_for_two_drafts()
    {
        NodeJs.SkipIfMissing();
        world.World.Options.DraftsRate = 1;
        await CompleteAsync(Hi);

        Assert.False(Assert.IsType<ChatLoop.App.Chat.TurnInput>(Assert.Single(world.World.Durable.Started)).TwoDrafts);
    }

    private const string Hi = """[{ "role": "user", "content": "Hi" }]""";

    private Task<OpenAiWorld.Exchanged> CompleteAsync(string messages, string more = "", Action<Microsoft.AspNetCore.Http.HttpRequest>? change = null) =>
        world.CompleteAsync($$"""{ "model": "shipped", "messages": {{messages}}{{more}} }""", key, change);
}
