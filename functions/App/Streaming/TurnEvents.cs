using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Streaming;

/// <summary>Makes a turn's events an answer of server-sent events.</summary>
public sealed class TurnEvents(
    ReleasedText released, TurnStreams streams, ConversationStore conversations, IHostApplicationLifetime host, IOptions<StreamingOptions> options, TimeProvider time, ILogger<TurnEvents> logger)
{
    /// <param name="from">The position of the last event that the client has seen.</param>
    /// <param name="stopOnDisconnect">Whether a client that goes away stops its turn.</param>
    internal IResult Of(string conversationId, string turnId, long from, bool stopOnDisconnect) => new TurnEventResult(this, conversationId, turnId, from, stopOnDisconnect);

    internal async Task WriteAsync(HttpContext http, string conversationId, string turnId, long from, bool stopOnDisconnect)
    {
        // A host that stops ends the stream: the client comes back with the last id to one that runs.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var events = new EventStream(http.Response, turnId, either.Token);
        try
        {
            await events.OpenAsync();
            await WriteAsync(events, released.ReadAsync(conversationId, turnId, from, either.Token), either);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            logger.ReaderGone(turnId, http.RequestAborted.IsCancellationRequested);
            if (stopOnDisconnect && http.RequestAborted.IsCancellationRequested)
                await StopAsync(conversationId, turnId);
        }
        catch (KeyNotFoundException)
        {
            await events.ErrorAsync("not_found", "There is no such conversation or turn any more.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Half an answer is out: an event is the only way to say so.
            logger.StreamFailed(turnId, e);
            await events.ErrorAsync("internal_error", "The turn cannot be read just now; it goes on. Ask again with the last event's id.");
        }
    }

    /// <summary>Asks for the end of a turn; one that is answered, or was purged, stays as it is.</summary>
    internal async Task<Conversation?> StopAsync(string conversationId, string turnId)
    {
        var conversation = await conversations.FindAsync(conversationId);
        if (conversation?.FindTurn(turnId) is not { Reply: null })
            return conversation;
        await streams.AppendAsync(turnId, new StreamLine(StreamLineKind.Stop), create: true, CancellationToken.None);
        logger.StopAsked(turnId);
        return conversation;
    }

    private async Task WriteAsync(EventStream events, IAsyncEnumerable<TurnEvent> turn, CancellationTokenSource reading)
    {
        await using var all = turn.GetAsyncEnumerator(CancellationToken.None);
        while (true)
        {
            var next = all.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                try
                {
                    await next.WaitAsync(options.Value.Heartbeat, time);
                }
                catch (TimeoutException) when (!next.IsCompleted)
                {
                    await BeatAsync(events, next, reading);
                }
            }

            if (!await next)
                return;
            await events.WriteAsync(all.Current);
        }
    }

    private static async Task BeatAsync(EventStream events, Task next, CancellationTokenSource reading)
    {
        try
        {
            await events.HeartbeatAsync();
        }
        catch
        {
            // The reading must have ended before it can be disposed.
            await reading.CancelAsync();
            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
