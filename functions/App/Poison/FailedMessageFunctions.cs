using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Storage;
using ChatLoop.Core.Feedback;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Poison;

/// <summary>The administrator's routes: list, repair, requeue, discard.</summary>
public sealed class FailedMessageFunctions(FailedMessages failed, Requeue requeue)
{
    // A repaired message, and its name around it.
    private const int LargestBody = (2 * QueueContract<FeedbackMessage>.MostBytes) + 1024;
    private const int MostListed = 1_000;
    private const int LongestReason = 1_000;

    [Function("ListFailedMessages")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/admin/failed")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        var (queue, state) = (http.Query["queue"].ToString(), http.Query["state"].ToString());
        if (queue.Length > 0 && !StorageStart.Queues.Contains(queue))
            return UnknownQueue();
        var wanted = FailedMessageState.Waiting;
        if (state.Length > 0 && !(state.All(char.IsAsciiLetter) && Enum.TryParse(state, ignoreCase: true, out wanted)))
            return ErrorView.Result(StatusCodes.Status400BadRequest, "unknown_state", "state must be waiting, requeued or discarded.");
        var messages = await failed.ListAsync(queue.Length > 0 ? queue : null, state.Length > 0 ? wanted : null, cancellationToken).ToListAsync(cancellationToken);
        var views = new List<FailedMessageView>();
        foreach (var message in messages.OrderByDescending(message => message.LastSeen).Take(MostListed))
            views.Add(FailedMessageViews.Of(message, await failed.BodyAsync(message, cancellationToken)));
        return Results.Json(new FailedMessageList(views), ReadableJson.Types.FailedMessageList);
    }

    [Function("RequeueFailedMessage")]
    public async Task<IResult> RequeueAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/admin/failed/{id}/requeue")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            if (await failed.FindAsync(id, cancellationToken) is not { } message)
                return NotFound();
            var repaired = RepairReader.Read(await RequestBody.ReadAsync(http, LargestBody, cancellationToken));
            var mistakes = await requeue.RunAsync(message, repaired, cancellationToken);
            return mistakes.Count > 0
                ? ErrorView.Result(StatusCodes.Status422UnprocessableEntity, "invalid_message", $"{string.Join(' ', mistakes)} Send a repaired one as {{ \"message\": … }}, or discard it.")
                : await ShowAsync(id, cancellationToken);
        }
        catch (ChatRequestException e)
        {
            return ErrorView.Result(e.Status, e.Code, e.Message);
        }
    }

    [Function("RequeueFailedMessages")]
    public async Task<IResult> RequeueAllAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/admin/failed/requeue")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        var queue = http.Query["queue"].ToString();
        if (!StorageStart.Queues.Contains(queue))
            return UnknownQueue();
        var (requeued, skipped) = (0, new List<string>());
        await foreach (var message in failed.ListAsync(queue, FailedMessageState.Waiting, cancellationToken))
        {
            if ((await requeue.RunAsync(message, null, cancellationToken)).Count > 0)
                skipped.Add(message.Id);
            else
                requeued++;
        }

        return Results.Json(new RequeueReport(requeued, skipped), ReadableJson.Types.RequeueReport);
    }

    /// <summary>Nothing is deleted: the record stays, with the reason.</summary>
    [Function("DiscardFailedMessage")]
    public async Task<IResult> DiscardAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/admin/failed/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        var reason = http.Query["reason"].ToString();
        if (reason.Length is 0 or > LongestReason)
            return ErrorView.Result(StatusCodes.Status400BadRequest, "missing_reason", $"Say why in ?reason=…, in at most {LongestReason} characters.");
        if (await failed.FindAsync(id, cancellationToken) is not { } message)
            return NotFound();
        await failed.DiscardAsync(message, reason, cancellationToken);
        return await ShowAsync(id, cancellationToken);
    }

    private async Task<IResult> ShowAsync(string id, CancellationToken cancellationToken) =>
        await failed.FindAsync(id, cancellationToken) is { } message
            ? Results.Json(FailedMessageViews.Of(message, await failed.BodyAsync(message, cancellationToken)), ReadableJson.Types.FailedMessageView)
            : NotFound();

    private static IResult NotFound() => ErrorView.Result(StatusCodes.Status404NotFound, "not_found", "There is no such failed message.");

    private static IResult UnknownQueue() =>
        ErrorView.Result(StatusCodes.Status400BadRequest, "unknown_queue", $"queue must be one of {string.Join(", ", StorageStart.Queues)}.");
}
