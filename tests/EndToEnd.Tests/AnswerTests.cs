using System.Net;
using System.Text.Json.Nodes;

namespace ChatLoop.EndToEnd.Tests;

[Collection(RunningAppCollection.Name)]
public sealed class AnswerTests(RunningApp app)
{
    [Fact]
    public async Task A_question_is_answered_by_the_model_and_stored()
    {
        var reply = await ChatApi.AskAsync(app.Http, new { message = "Hello, who are you?" });

        Assert.Equal("model", ChatApi.Text(reply, "source"));
        Assert.NotEmpty(ChatApi.Text(reply, "answer"));
        Assert.True(ChatApi.Text(reply, "finishReason") is "stop" or "length", $"{reply}");
        Assert.NotNull(reply["moderation"]);
        Assert.NotNull(reply["timings"]);
        Assert.NotNull(reply["usage"]);

        var stored = await ChatApi.FinishedTurnAsync(app.Http, ChatApi.Text(reply, "conversationId"), ChatApi.Text(reply, "turnId"));
        Assert.Equal(ChatApi.Text(reply, "answer"), ChatApi.Text(stored, "answer"));
    }

    [Fact]
    public async Task Greedy_answers_are_the_same_twice()
    {
        var question = new { message = "What is a volcano?", options = new { temperature = 0 } };

        var first = await ChatApi.AskAsync(app.Http, question);
        var second = await ChatApi.AskAsync(app.Http, question);

        Assert.Equal(ChatApi.Text(first, "answer"), ChatApi.Text(second, "answer"));
        Assert.NotEqual(ChatApi.Text(first, "turnId"), ChatApi.Text(second, "turnId"));
    }

    [Fact]
    public async Task The_same_idempotency_key_never_answers_twice()
    {
        var key = Guid.NewGuid().ToString();
        var question = new { message = "Tell me something about the sea." };

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ChatApi.AskAsync(app.Http, question, key)));

        Assert.Single(replies.Select(reply => ChatApi.Text(reply, "turnId")).Distinct());
        Assert.Single(replies.Select(reply => ChatApi.Text(reply, "answer")).Distinct());
        var conversation = await ChatApi.ConversationAsync(app.Http, ChatApi.Text(replies[0], "conversationId"));
        Assert.Single(conversation["turns"]!.AsArray());
    }

    [Fact]
    public async Task The_same_idempotency_key_with_another_question_is_refused()
    {
        var key = Guid.NewGuid().ToString();
        await ChatApi.AskAsync(app.Http, new { message = "Tell me something about bread." }, key);

        var (status, body) = await ChatApi.PostAsync(app.Http, new { message = "Tell me something about trees." }, key);

        Assert.InRange((int)status, 400, 499);
        Assert.NotEmpty(ChatApi.Text(body["error"]!, "message"));
    }

    [Fact]
    public async Task Turns_of_one_conversation_keep_their_order_even_when_posted_at_once()
    {
        var first = await ChatApi.AskAsync(app.Http, new { message = "Hello!" });
        var conversationId = ChatApi.Text(first, "conversationId");
        string[] questions = ["What is a dog?", "What is a cat?", "What is a cow?"];

        var replies = await Task.WhenAll(questions.Select(message => ChatApi.AskAsync(app.Http, new { message, conversationId })));

        var turns = (await ChatApi.ConversationAsync(app.Http, conversationId))["turns"]!.AsArray();
        Assert.Equal(4, turns.Count);
        Assert.Equal(ChatApi.Text(first, "turnId"), ChatApi.Text(turns[0]!, "turnId"));
        Assert.Equal(
            replies.Select(reply => ChatApi.Text(reply, "turnId")).Order(),
            turns.Skip(1).Select(turn => ChatApi.Text(turn!, "turnId")).Order());
        Assert.All(turns, turn => Assert.NotEmpty(ChatApi.Text(turn!, "answer")));
        var times = turns.Select(turn => turn!["answeredAt"]!.GetValue<DateTimeOffset>()).ToList();
        Assert.Equal(times.Order(), times);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{ \"message\": \"\" }")]
    [InlineData("{ \"message\": \"   \" }")]
    [InlineData("{ \"message\": 7 }")]
    [InlineData("{ \"message\": \"Hi\", \"options\": { \"temprature\": 1 } }")]
    [InlineData("{ \"message\": \"Hi\", \"options\": { \"temperature\": -1 } }")]
    [InlineData("{ \"message\": \"Hi\", \"options\": { \"temperature\": \"warm\" } }")]
    [InlineData("{ \"message\": \"Hi\", \"conversationId\": \"../secret\" }")]
    public async Task Bad_input_gets_a_clear_4xx(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await app.Http.PostAsync("/api/chat", content);

        Assert.InRange((int)response.StatusCode, 400, 499);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.NotEmpty(ChatApi.Text(error, "message"));
        Assert.DoesNotContain("Exception", ChatApi.Text(error, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused()
    {
        var (status, body) = await ChatApi.PostAsync(app.Http, new { message = new string('a', 1_000_000) });

        Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{(int)status}");
        Assert.NotEmpty(ChatApi.Text(body["error"]!, "message"));
    }

    [Theory]
    [InlineData("/api/chat/0123456789abcdef0123456789abcdef")]
    [InlineData("/api/chat/0123456789abcdef0123456789abcdef/turns/0123456789abcdef0123456789abcdef")]
    [InlineData("/api/chat/%2e%2e%2fsecret")]
    public async Task An_unknown_id_is_not_found(string path)
    {
        using var response = await app.Http.GetAsync(path);

        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{(int)response.StatusCode}");
    }

    [Fact]
    public async Task An_unknown_conversation_is_refused_and_nothing_is_started()
    {
        var (status, body) = await ChatApi.PostAsync(app.Http, new { message = "Hi", conversationId = "0123456789abcdef0123456789abcdef" });

        Assert.InRange((int)status, 400, 499);
        Assert.NotEmpty(ChatApi.Text(body["error"]!, "message"));
    }
}
