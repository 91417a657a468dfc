using Azure.Storage.Queues;
using ChatLoop.App.Dashboard.Views;
using ChatLoop.App.Poison;
using ChatLoop.App.Storage;

namespace ChatLoop.App.Dashboard;

/// <summary>How much waits in the loop's queues, how long, and what could not be taken.</summary>
public sealed class QueueFigures(QueueServiceClient queues, FailedMessages failed, TimeProvider time)
{
    private const string PoisonSuffix = "-poison";

    internal async Task<IReadOnlyList<QueueView>> ReadAsync(CancellationToken cancellationToken)
    {
        var figures = new List<QueueView>();
        foreach (var name in StorageStart.Queues)
        {
            var queue = queues.GetQueueClient(name);
            int messages = (await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
            var oldest = (await queue.PeekMessageAsync(cancellationToken)).Value?.InsertedOn;
            var waiting = await failed.ListAsync(name, FailedMessageState.Waiting, cancellationToken).CountAsync(cancellationToken);
            var age = oldest is { } since ? Math.Round(Math.Max(0, (time.GetUtcNow() - since).TotalSeconds), 1) : (double?)null;
            figures.Add(new QueueView(name, messages, age, waiting + await PoisonAsync(name + PoisonSuffix, cancellationToken)));
        }

        return figures;
    }

    /// <summary>What its handler has not got to yet. The host makes the queue when it is first needed.</summary>
    private async Task<int> PoisonAsync(string name, CancellationToken cancellationToken)
    {
        var queue = queues.GetQueueClient(name);
        return await queue.ExistsAsync(cancellationToken) ? (await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount : 0;
    }
}
