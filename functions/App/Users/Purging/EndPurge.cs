using ChatLoop.App.Chat;
using ChatLoop.App.Datasets;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Users.Purging;

/// <summary>Stores what a purge came to.</summary>
public sealed class EndPurge(PurgeStore purges, DatasetsOfUser datasets, TimeProvider time, ILogger<EndPurge> logger)
{
    [Function(nameof(EndPurge))]
    public Task<bool> RunAsync([ActivityTrigger] PurgeEnd end, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var status = end.Remaining.Values.All(count => count == 0) ? PurgeReport.Completed : PurgeReport.Incomplete;
        // More may have come while it ran: nothing was deleted then, not less than nothing.
        var deleted = end.Found.ToDictionary(kind => kind.Key, kind => Math.Max(0, kind.Value - end.Remaining.GetValueOrDefault(kind.Key)));
        var report = new PurgeReport(
            end.Order.PurgeId, status, end.Order.At, time.GetUtcNow(), deleted, end.Remaining, await datasets.ListAsync(end.Order.UserId, cancellationToken));
        await purges.KeepAsync(end.Order.UserId, report, cancellationToken);
        logger.PurgeEnded(end.Order.PurgeId, status, deleted.Values.Sum(), end.Remaining.Values.Sum());
        return true;
    });
}
