using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.OpenAi;
using ChatLoop.App.OpenAi.Completions;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using static Microsoft.Extensions.Options.Options;

namespace ChatLoop.App.Tests.OpenAi;

public sealed class CompletionStreamTests
{
    private readonly OpenAiOptions options = new();
    private readonly ApplicationLifetime host = new(NullLogger<ApplicationLifetime>.Instance);

    [Fact]
    public async Task An_answer_that_passes_comes_as_it_is_released()
    {
        var lines = await StreamAsync(includeUsage: true, [new("Ice "), new("is cold"), Ended("Ice is cold.")]);

        Assert.Equal(["Ice ", "is cold", "."], Texts(lines));
        Assert.Equal("""{"role":"assistant","content":""}""", Chunk(lines[0])["choices"]![0]!["delta"]!.ToJsonString());
        var last = Chunk(lines[^3]);
        Assert.Equal(("{}", "stop"), (last["choices"]![0]!["delta"]!.ToJsonString(), (string?)last["choices"]![0]!["finish_reason"]));
        Assert.NotNull(last["moderation"]!["output"]);
        Assert.Equal((0, 7), (Chunk(lines[^2])["choices"]!.AsArray().Count, (int)Chunk(lines[^2])["usage"]!["total_tokens"]!));
        Assert.Equal("data: [DONE]", lines[^1]);
        Assert.Single(lines.SkipLast(1).Select(line => (string?)Chunk(line)["id"]).Distinct());
    }

    [Fact]
    public async Task Without_include_usage_no_chunk_is_without_a_choice()
    {
        var lines = await StreamAsync(includeUsage: false, [Ended("Yes.")]);

        Assert.All(lines.SkipLast(1), line => Assert.Single(Chunk(line)["choices"]!.AsArray()));
    }

    [Fact]
    public async Task A_template_comes_after_what_was_released_and_says_so()
    {
        var lines = await StreamAsync(includeUsage: false, [new("First, "), new("") { Replaces = true }, Ended("I cannot.", TemplateKind.AnswerBlocked)]);

        Assert.Equal(["First, ", "\n\nI cannot."], Texts(lines));
        Assert.Equal("content_filter", (string?)Chunk(lines[^2])["choices"]![0]!["finish_reason"]);
    }

    [Fact]
    public async Task An_attempt_that_begins_anew_is_set_apart()
    {
        var lines = await StreamAsync(includeUsage: false, [new("One"), new("") { Replaces = true }, new("Two "), new("three"), Ended("Two three.")]);

        Assert.Equal(["One", "\n\nTwo ", "three", "."], Texts(lines));
    }

    [Fact]
    public async Task A_turn_that_fails_ends_the_stream_with_an_error()
    {
        var lines = await StreamAsync(includeUsage: true, [new("One"), Ended("Please try again.", TemplateKind.ModerationUnavailable)]);

        Assert.Equal("moderation_unavailable", (string?)Chunk(lines[^1])["error"]!["code"]);
        Assert.DoesNotContain(lines, line => line.Contains("try again", StringComparison.Ordinal) && !line.Contains("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_that_fails_ends_the_stream_with_an_error_without_details()
    {
        var lines = await StreamAsync(includeUsage: true, [new("One")]);

        Assert.Equal("server_error", (string?)Chunk(lines[^1])["error"]!["type"]);
        Assert.DoesNotContain("secret", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_stream_is_kept_alive()
    {
        options.KeepAlive = TimeSpan.FromMilliseconds(1);
        var answer = new TaskCompletionSource<AnswerPart>();
        var http = new DefaultHttpContext();
        using var body = new Listener(text =>
        {
            if (text.StartsWith(": keep-alive\n\n", StringComparison.Ordinal))
                answer.TrySetResult(Ended("Yes."));
        });
        http.Response.Body = body;

        await Result(new Reader([answer.Task]), includeUsage: false).ExecuteAsync(http);

        Assert.EndsWith("data: [DONE]\n\n", body.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_stops_ends_the_stream_and_says_so()
    {
        var http = new DefaultHttpContext();
        using var body = new Listener(text =>
        {
            if (text.Contains("One", StringComparison.Ordinal))
                host.StopApplication();
        });
        http.Response.Body = body;

        await Result(new Reader([Task.FromResult(new AnswerPart("One")), new TaskCompletionSource<AnswerPart>().Task]), includeUsage: true).ExecuteAsync(http);

        Assert.Equal("server_stopping", (string?)Chunk(body.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1])["error"]!["code"]);
    }

    private static AnswerPart Ended(string text, TemplateKind? kind = null)
    {
        var reply = World.Reply(text) with { Usage = new Usage(5, 2) };
        if (kind is { } template)
            reply = reply with { Source = ReplySource.Template, FinishReason = kind == TemplateKind.AnswerBlocked ? "content_filter" : "error", Template = new TemplateKey(template, null, "en") };
        return new AnswerPart("") { Answered = Turn() with { Reply = reply } };
    }

    private static Turn Turn() => new() { Id = "turn", Question = "Is ice cold?", AcceptedAt = DateTimeOffset.UnixEpoch };

    private static JsonNode Chunk(string line) => JsonNode.Parse(line["data: ".Length..])!;

    private static IEnumerable<string> Texts(IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => (string?)Chunk(line)["choices"]?.AsArray().FirstOrDefault()?["delta"]!["content"]).Where(text => text?.Length > 0)!;

    private async Task<List<string>> StreamAsync(bool includeUsage, IReadOnlyList<AnswerPart> parts)
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        await Result(new Reader([.. parts.Select(Task.FromResult)]), includeUsage).ExecuteAsync(http);
        Assert.Equal("text/event-stream", http.Response.ContentType);
        return [.. Encoding.UTF8.GetString(body.ToArray()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)];
    }

    private IResult Result(IAnswerReader answers, bool includeUsage)
    {
        var conversation = new Conversation { Id = "conversation", CreatedAt = DateTimeOffset.UnixEpoch, Turns = [Turn()] };
        var request = new CompletionRequest("m", new ChatRequest("Is ice cold?", null, new AnswerOptions()), 1, 12) { Stream = true, IncludeUsage = includeUsage };
        return new CompletionStream(host, Create(options), TimeProvider.System, NullLogger<CompletionStream>.Instance).Of([(conversation, "turn")], answers, request, Caller.Unlimited("req_1", null), "m");
    }

    private sealed class Reader(IReadOnlyList<Task<AnswerPart>> parts) : IAnswerReader
    {
        public async IAsyncEnumerable<AnswerPart> ReadAsync(string conversationId, string turnId, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var part in parts)
            {
                yield return await part.WaitAsync(cancellationToken);
                if ((await part).Answered is not null)
                    yield break;
            }

            throw new InvalidOperationException("secret detail");
        }
    }

    private sealed class Listener(Action<string> written) : MemoryStream
    {
        public string Text => Encoding.UTF8.GetString(ToArray());

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            written(Encoding.UTF8.GetString(buffer.Span));
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
