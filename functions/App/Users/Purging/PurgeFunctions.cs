using ChatLoop.App.Chat.Views;
using ChatLoop.App.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Users.Purging;

/// <summary>DELETE /api/users/me, and the address at which its result shows.</summary>
public sealed class PurgeFunctions(CurrentUser user, PurgeStore purges, TimeProvider time)
{
    private static readonly IReadOnlyDictionary<string, int> Unknown = new Dictionary<string, int>();

    [Function("DeleteUser")]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/users/me")] HttpRequest http, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            var order = new PurgeOrder(Identifier.New(), user.Read(http), time.GetUtcNow());
            await purges.KeepAsync(order.UserId, new PurgeReport(order.PurgeId, PurgeReport.Running, order.At, null, Unknown, Unknown), cancellationToken);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(PurgeUser), order, new StartOrchestrationOptions(InstanceId: order.PurgeId), cancellationToken);
            var receipt = new PurgeReceipt(order.PurgeId, $"/api/users/me/purges/{order.PurgeId}");
            http.HttpContext.Response.Headers.Location = receipt.StatusUrl;
            return Results.Json(receipt, ReadableJson.Types.PurgeReceipt, statusCode: StatusCodes.Status202Accepted);
        }
        catch (UserIdException e)
        {
            return UnknownUser.Result(e);
        }
    }

    [Function("ReadPurge")]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/users/me/purges/{purgeId}")] HttpRequest http,
        string purgeId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            var userId = user.Read(http);
            if (!Identifier.IsWellFormed(purgeId) || await purges.FindAsync(userId, purgeId, cancellationToken) is not { } report)
                return ErrorView.Result(StatusCodes.Status404NotFound, "not_found", "There is no such purge of yours.");
            // An orchestration that failed for good, or never began, has written no end. Asked first, it may have written it since.
            if (report.EndedAt is null && await client.GetInstanceAsync(purgeId, cancellationToken) is not { IsCompleted: false })
                report = await purges.FindAsync(userId, purgeId, cancellationToken) is { EndedAt: not null } ended ? ended : report with { Status = PurgeReport.Failed };
            http.HttpContext.Response.Headers.CacheControl = "no-store";
            return Results.Json(report, ReadableJson.Types.PurgeReport);
        }
        catch (UserIdException e)
        {
            return UnknownUser.Result(e);
        }
    }
}
