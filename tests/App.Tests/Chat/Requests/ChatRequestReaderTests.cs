using System.Text;
using System.Text.Json;
using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Requests;
using FsCheck.Xunit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Chat.Requests;

public sealed class ChatRequestReaderTests
{
    private static readonly ChatRequestReader Reader = new(Options.Create(new TurnOptions { MaxMessageLength = 20 }));

    [Fact]
    public void Every_option_is_read()
    {
        var request = Read(
            """
            { "message": "Hi", "conversationId": "0123456789abcdef0123456789abcdef", "options": { "temperature": 0.5, "topP": 0.9, "topK": 40, "minP": 0.05,
              "repetitionPenalty": 1.1, "presencePenalty": -1, "frequencyPenalty": 2, "maxTokens": 64, "seed": 9007199254740993, "stop": ["\n", "User:"] } }
            """);

        Assert.Equal("Hi", request.Message);
        Assert.Equal("0123456789abcdef0123456789abcdef", request.ConversationId);
        var options = request.Options;
        Assert.Equal((0.5, 0.9, 40, 0.05), (options.Temperature, options.TopP, options.TopK, options.MinP));
        Assert.Equal((1.1, -1, 2), (options.RepetitionPenalty, options.PresencePenalty, options.FrequencyPenalty));
        Assert.Equal((64, 9007199254740993), (options.MaxTokens, options.Seed));
        Assert.Equal(["\n", "User:"], options.Stop);
    }

    [Theory]
    [InlineData("""{ "message": "Hi" }""")]
    [InlineData("""{ "message": "Hi", "conversationId": null, "options": null }""")]
    [InlineData("""{ "message": "Hi", "options": { "temperature": null, "stop": null } }""")]
    public void What_is_left_out_or_null_is_the_models_own(string body)
    {
        var request = Read(body);

        Assert.Null(request.ConversationId);
        Assert.Equal(new Core.Conversations.AnswerOptions(), request.Options);
    }

    [Theory]
    [InlineData("", "invalid_json")]
    [InlineData("not JSON", "invalid_json")]
    [InlineData("{", "invalid_json")]
    [InlineData("""{ "message": "Hi", }""", "invalid_json")]
    [InlineData("""{ "message": "Hi", "message": "Ho" }""", "invalid_json")]
    [InlineData("""{ "message": "\ud800" }""", "invalid_json")]
    [InlineData("""{ "\ud800": "Hi" }""", "invalid_json")]
    [InlineData("""{ "message": "Hi", "options": { "stop": ["\udfff"] } }""", "invalid_json")]
    [InlineData("null", "invalid_type")]
    [InlineData("[]", "invalid_type")]
    [InlineData("\"Hi\"", "invalid_type")]
    [InlineData("{}", "missing_message")]
    [InlineData("""{ "message": "" }""", "missing_message")]
    [InlineData("""{ "message": " \n\t\u00a0 " }""", "missing_message")]
    [InlineData("""{ "message": null }""", "invalid_type")]
    [InlineData("""{ "message": 7 }""", "invalid_type")]
    [InlineData("""{ "message": ["Hi"] }""", "invalid_type")]
    [InlineData("""{ "message": "123456789012345678901" }""", "message_too_long")]
    [InlineData("""{ "Message": "Hi" }""", "unknown_field")]
    [InlineData("""{ "message": "Hi", "model": "x" }""", "unknown_field")]
    [InlineData("""{ "message": "Hi", "conversationId": "" }""", "invalid_conversation_id")]
    [InlineData("""{ "message": "Hi", "conversationId": 7 }""", "invalid_conversation_id")]
    [InlineData("""{ "message": "Hi", "conversationId": "../secret" }""", "invalid_conversation_id")]
    [InlineData("""{ "message": "Hi", "conversationId": "0123456789ABCDEF0123456789ABCDEF" }""", "invalid_conversation_id")]
    [InlineData("""{ "message": "Hi", "parentTurnId": "root" }""", "invalid_parent_turn_id")]
    [InlineData("""{ "message": "Hi", "conversationId": "0123456789abcdef0123456789abcdef", "parentTurnId": 7 }""", "invalid_parent_turn_id")]
    [InlineData("""{ "message": "Hi", "conversationId": "0123456789abcdef0123456789abcdef", "parentTurnId": "Root" }""", "invalid_parent_turn_id")]
    [InlineData("""{ "message": "Hi", "options": [] }""", "invalid_type")]
    [InlineData("""{ "message": "Hi", "options": { "temprature": 1 } }""", "unknown_option")]
    [InlineData("""{ "message": "Hi", "options": { "Temperature": 1 } }""", "unknown_option")]
    [InlineData("""{ "message": "Hi", "options": { "temperature": "warm" } }""", "invalid_type")]
    [InlineData("""{ "message": "Hi", "options": { "temperature": true } }""", "invalid_type")]
    [InlineData("""{ "message": "Hi", "options": { "temperature": -1 } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "temperature": 1e999 } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "topP": 1.01 } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "topK": 1.5 } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "topK": -1 } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "minP": -0.1 } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "repetitionPenalty": 0 } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "presencePenalty": 3 } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "frequencyPenalty": -3 } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "maxTokens": 0 } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "maxTokens": "9" } }""", "invalid_type")]
    [InlineData("""{ "message": "Hi", "options": { "seed": 99999999999999999999 } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "stop": "x" } }""", "invalid_type")]
    [InlineData("""{ "message": "Hi", "options": { "stop": [1] } }""", "invalid_type")]
    [InlineData("""{ "message": "Hi", "options": { "stop": [""] } }""", "out_of_range")]
    [InlineData("""{ "message": "Hi", "options": { "stop": ["1","2","3","4","5","6","7","8","9"] } }""", "out_of_range")]
    public void Bad_input_is_refused_with_a_code_and_a_sentence(string body, string code)
    {
        var refusal = Assert.Throws<ChatRequestException>(() => Read(body));

        Assert.Equal(code, refusal.Code);
        Assert.Equal(400, refusal.Status);
        Assert.InRange(refusal.Message.Length, 10, 200);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        byte[] body = [.. "{ \"message\": \""u8, 0xC3, 0x28, .. "\" }"u8];

        Assert.Equal("invalid_json", Assert.Throws<ChatRequestException>(() => Reader.Read(body)).Code);
    }

    [Property(MaxTest = 500)]
    public bool Whatever_the_body_is_it_is_read_or_refused(byte[] bytes, string text)
    {
        foreach (var body in new[] { bytes, Encoding.UTF8.GetBytes(text ?? ""), JsonSerializer.SerializeToUtf8Bytes(new { message = text }) })
        {
            try
            {
                Reader.Read(body);
            }
            catch (ChatRequestException)
            {
                // Refused: the only way out there may be.
            }
        }

        return true;
    }

    [Fact]
    public void The_hash_is_that_of_the_meaning()
    {
        var request = Read("""{ "message": "Hi", "options": { "seed": 1, "topK": 2 } }""");

        Assert.Equal(request.Hash(), Read("""{"options":{"topK":2,"seed":1,"minP":null},"message":"H\u0069"}""").Hash());
        Assert.NotEqual(request.Hash(), Read("""{ "message": "Hi", "options": { "seed": 2, "topK": 2 } }""").Hash());
        Assert.NotEqual(request.Hash(), Read("""{ "message": "Hi!", "options": { "seed": 1, "topK": 2 } }""").Hash());
    }

    [Theory]
    [InlineData(null, 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/json", 413)]
    public async Task Another_content_type_or_a_large_body_is_refused(string? contentType, int status)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = contentType;
        http.Request.Body = new MemoryStream(new byte[100_000]);

        var refusal = await Assert.ThrowsAsync<ChatRequestException>(() => Reader.ReadAsync(http.Request, default));

        Assert.Equal(status, refusal.Status);
    }

    private static ChatRequest Read(string body) => Reader.Read(Encoding.UTF8.GetBytes(body));
}
