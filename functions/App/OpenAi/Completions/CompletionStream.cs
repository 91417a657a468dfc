using System.Threading.Channels;
using ChatLoop.Core.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>Makes turns that are being answered a stream of chunks: each choice's as they come, in between comments that keep the line open.</summary>
public sealed class CompletionStream(IHostApplicationLifetime host, IOptions<OpenAiOptions> options, TimeProvider time, ILogger<CompletionStream> logger)
{
    internal IResult Of(
        IReadOnlyList<(Conversation Conversation, string TurnId)> turns, IAnswerReader answers, CompletionRequest request, Caller caller, string model) =>
        new Result(http => WriteAsync(http, turns, answers, request, caller, model));

    private async Task WriteAsync(
        HttpContext http, IReadOnlyList<(Conversation Conversation, string TurnId)> turns, IAnswerReader answers, CompletionRequest request, Caller caller, string model)
    {
        // Its readers end with it, however it ends.
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var (first, firstId) = turns[0];
        var chunks = new ChunkWriter(http.Response, CompletionViews.IdOf(firstId), first.ReadTurn(firstId).AcceptedAt, model, http.RequestAborted);
        var choices = turns.Select((_, index) => new StreamedChoice(index, chunks)).ToList();
        var parts = Channel.CreateBounded<(int Choice, AnswerPart Part)>(16);
        var readers = ReadAllAsync(turns, answers, parts.Writer, reading.Token);
        try
        {
            await chunks.OpenAsync();
            foreach (var choice in Enumerable.Range(0, choices.Count))
                await chunks.RoleAsync(choice);
            while (await WaitAsync(parts.Reader, chunks, reading.Token))
            {
                while (parts.Reader.TryRead(out var next))
                {
                    await choices[next.Choice].WriteAsync(next.Part);
                    if (next.Part.Answered is { } turn)
                        await chunks.EndAsync(next.Choice, turns[next.Choice].Conversation.Id, turn, choices.All(choice => choice.Reply is not null) ? CompletionViews.ModerationOf(Replies(choices)) : null);
                }
            }

            var usage = CompletionViews.UsageOf(Replies(choices));
            caller.Settle(usage.TotalTokens);
            logger.Completed(caller.RequestId, choices.Count, model, usage.TotalTokens);
            if (request.IncludeUsage)
                await chunks.UsageAsync(usage);
            await chunks.DoneAsync();
        }
        catch (OpenAiException e)
        {
            logger.V1Refused(caller.RequestId, e.Status, e.Code);
            await chunks.ErrorAsync(e);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; the turns go on, and what was set aside for them stays counted.
            logger.StreamLeft(caller.RequestId);
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            // The turns go on where the app runs next; this contract has no way to come back to them.
            await chunks.ErrorAsync(OpenAiException.Unavailable("server_stopping", "The server is being stopped. Send the request again."));
        }
        // The answer has begun: an event is the only way to say so.
        catch (Exception e)
        {
            logger.V1Failed(caller.RequestId, e);
            await chunks.ErrorAsync(OpenAiException.Internal(caller.RequestId));
        }
        finally
        {
            await reading.CancelAsync();
            await readers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static IEnumerable<Reply> Replies(IEnumerable<StreamedChoice> choices) => choices.Select(choice => choice.Reply!);

    private async Task<bool> WaitAsync(ChannelReader<(int Choice, AnswerPart Part)> parts, ChunkWriter chunks, CancellationToken cancellationToken)
    {
        var next = parts.WaitToReadAsync(cancellationToken).AsTask();
        while (!next.IsCompleted)
        {
            try
            {
                await next.WaitAsync(options.Value.KeepAlive, time, cancellationToken);
            }
            catch (TimeoutException) when (!next.IsCompleted)
            {
                await chunks.KeepAliveAsync();
            }
        }

        return await next;
    }

    private static async Task ReadAllAsync(
        IReadOnlyList<(Conversation Conversation, string TurnId)> turns, IAnswerReader answers, ChannelWriter<(int Choice, AnswerPart Part)> parts, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(turns.Select(async (turn, index) =>
            {
                await foreach (var part in answers.ReadAsync(turn.Conversation.Id, turn.TurnId, cancellationToken))
                    await parts.WriteAsync((index, part), cancellationToken);
            }));
            parts.Complete();
        }
        catch (Exception e)
        {
            // To whoever reads the parts.
            parts.Complete(e);
        }
    }

    private sealed class Result(Func<HttpContext, Task> write) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => write(httpContext);
    }
}
