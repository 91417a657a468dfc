using ChatLoop.App.Conversations;
using ChatLoop.App.Streaming;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.History;

/// <summary>Purges once a day what finished turns leave behind beside their conversation.</summary>
public sealed class PurgeHistory(IdempotencyKeys keys, TurnStreams streams, IOptions<HistoryOptions> options, TimeProvider time, ILogger<PurgeHistory> logger)
{
    [Function(nameof(PurgeHistory))]
    public async Task RunAsync([TimerTrigger("0 23 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.KeepFor;
        var finished = new PurgeInstancesFilter(
            CreatedTo: before,
            Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated]);
        var purged = await client.PurgeAllInstancesAsync(finished, cancellationToken);
        logger.HistoryPurged(purged.PurgedInstanceCount, await keys.ForgetAsync(before, cancellationToken), before);
        logger.StreamsPurged(await streams.DeleteAsync(before, cancellationToken), before);
    }
}
