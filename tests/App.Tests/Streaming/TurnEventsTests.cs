using System.Text;
using ChatLoop.App.Chat;
using ChatLoop.App.Streaming;
using ChatLoop.App.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Tests.Streaming;

public sealed class TurnEventsTests
{
    private readonly World world = new();

    [Fact]
    public async Task A_question_that_asks_for_a_stream_gets_its_events()
    {
        world.Durable.OnStart = async input =>
        {
            var turn = new ReleasedAnswer(world, ((TurnInput)input!).ConversationId, ((TurnInput)input).TurnId);
            await turn.EndAsync(await world.GenerateAnswer(new ChatModel("Yes. Ice & \"snow\".\nBye.") { PieceLength = 1 }).RunAsync(turn.Step, default));
            return OrchestrationRuntimeStatus.Completed;
        };

        foreach (var (json, accept) in new[] { ("""{ "message": "Hi", "stream": true }""", "*/*"), ("""{ "message": "Hi" }""", "text/event-stream") })
        {
            var http = new DefaultHttpContext();
            http.Request.ContentType = "application/json";
            http.Request.Headers.Accept = accept;
            http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(json));
            var (answer, text) = await ExecuteAsync(await world.AskQuestion().RunAsync(http.Request, world.Durable, default));

            Assert.Equal(("text/event-stream", "no-store"), (answer.Response.ContentType, answer.Response.Headers.CacheControl.ToString()));
            var events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('\n')).ToList();
            Assert.Equal(["moderated", "delta", "delta", "delta", "done"], events.Where(lines => lines.Length > 1).Select(lines => lines.Single(line => line.StartsWith("event: ", StringComparison.Ordinal))[7..]));
            Assert.Contains("data: {\"text\":\"Yes.\"}", text, StringComparison.Ordinal);
            Assert.Contains("data: {\"text\":\" Ice & \\\"snow\\\".\\n\"}", text, StringComparison.Ordinal);
            Assert.Contains("\"status\":\"completed\"", events[^1][^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_goes_on_after_the_last_id_it_has_seen()
    {
        var turn = await AnsweredAsync();
        var second = (await turn.EventsAsync())[1].Position;

        var text = await FollowAsync(turn, http => http.Headers["Last-Event-ID"] = $"{second}");
        var same = await FollowAsync(turn, http => http.QueryString = new QueryString($"?from={second}"));

        Assert.Equal(text, same);
        Assert.StartsWith("retry: 1000\n\nid: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Yes.\"}", text, StringComparison.Ordinal);
        Assert.Contains("data: {\"text\":\" It is cold.\"}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("two")]
    public async Task A_position_that_is_none_is_refused(string position)
    {
        var turn = await AnsweredAsync();

        Assert.Contains("invalid_position", await FollowAsync(turn, http => http.Headers["Last-Event-ID"] = position), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_stream_beats_and_a_client_that_goes_away_stops_the_turn_where_it_said_so()
    {
        world.Streaming.Heartbeat = TimeSpan.FromMilliseconds(50);
        foreach (var stopOnDisconnect in new[] { true, false })
        {
            var turn = await ReleasedAnswer.AcceptAsync(world);
            using var gone = new CancellationTokenSource();
            using var body = new WatchedBody(":\n\n");
            var http = new DefaultHttpContext { RequestAborted = gone.Token };
            http.Response.Body = body;

            var streaming = world.Events.Of(turn.ConversationId, turn.TurnId, 0, stopOnDisconnect).ExecuteAsync(http);
            await body.Seen;
            await gone.CancelAsync();
            await streaming;

            Assert.Equal(stopOnDisconnect, (await turn.LinesAsync()).Any(line => line.Kind == StreamLineKind.Stop));
        }
    }

    [Fact]
    public async Task A_host_that_stops_ends_its_streams_and_leaves_the_turn()
    {
        var turn = await ReleasedAnswer.AcceptAsync(world);
        using var body = new WatchedBody("queued");
        var http = new DefaultHttpContext();
        http.Response.Body = body;

        var streaming = world.Events.Of(turn.ConversationId, turn.TurnId, 0, stopOnDisconnect: true).ExecuteAsync(http);
        await body.Seen;
        world.Host.StopApplication();
        await streaming;

        Assert.Empty(await turn.LinesAsync());
    }

    [Fact]
    public async Task A_stream_whose_conversation_is_gone_says_so()
    {
        var turn = new ReleasedAnswer(world, new string('a', 32), new string('b', 32));

        var (_, text) = await ExecuteAsync(world.Events.Of(turn.ConversationId, turn.TurnId, 0, stopOnDisconnect: false));

        Assert.Contains("event: error\ndata: {\"error\":{\"code\":\"not_found\"", text, StringComparison.Ordinal);
    }

    private async Task<ReleasedAnswer> AnsweredAsync()
    {
        var turn = await ReleasedAnswer.AcceptAsync(world);
        await turn.EndAsync(await world.GenerateAnswer(new ChatModel("Yes. It is cold. Ice melts.") { PieceLength = 1 }).RunAsync(turn.Step, default));
        return turn;
    }

    private async Task<string> FollowAsync(ReleasedAnswer turn, Action<HttpRequest> prepare)
    {
        var http = new DefaultHttpContext();
        prepare(http.Request);
        return (await ExecuteAsync(await new FollowTurn(world.Conversations, world.Turns, world.Events).RunAsync(http.Request, turn.ConversationId, turn.TurnId, world.Durable, default))).Text;
    }

    private static async Task<(HttpContext Http, string Text)> ExecuteAsync(IResult result)
    {
        var http = new DefaultHttpContext { RequestServices = Loop.Services };
        using var body = new MemoryStream();
        http.Response.Body = body;
        await result.ExecuteAsync(http);
        return (http, Encoding.UTF8.GetString(body.ToArray()));
    }

    /// <summary>Tells when a text was written, and takes all else in.</summary>
    private sealed class WatchedBody(string awaited) : MemoryStream
    {
        private readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => seen.Task;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            if (Encoding.UTF8.GetString(ToArray()).Contains(awaited, StringComparison.Ordinal))
                seen.TrySetResult();
        }
    }
}
