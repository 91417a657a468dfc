using ChatLoop.App.Poison;
using ChatLoop.App.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Improvement;

/// <summary>Starts a run for a message of the queue `improvements`; while another is under way, the message has its wish already.</summary>
public sealed class StartByQueue(ImprovementStarts starts, FailedMessages failed, FailedAttempts attempts, ILogger<StartByQueue> logger)
{
    internal const string Queue = "improvements";

    [Function("StartImprovementByQueue")]
    public Task RunAsync([QueueTrigger(Queue)] BinaryData message, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return attempts.WatchAsync(Queue, message, () => StartAsync(message, client, cancellationToken));
    }

    private async Task StartAsync(BinaryData body, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (ImprovementMessage.Mistakes(body) is { Count: > 0 } mistakes)
        {
            await failed.RecordAsync(Queue, body, mistakes, 1, cancellationToken);
            return;
        }

        var message = ImprovementMessage.Read(body);
        var runId = Identifier.From($"improvement {message.Id}");
        var run = await starts.StartAsync(client, runId, "queue", message.Reason, message.Recipe, cancellationToken);
        if (run.RunId != runId)
            logger.RunAlreadyUnderWay(run.RunId);
    }
}
