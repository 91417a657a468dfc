using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Queues;

/// <summary>Fetches one queue's messages in batches and gives each to the function, at least once.</summary>
internal sealed class QueueListener(
    FunctionDescriptor function, QueueAddress address, QueueClients clients, QueueMessageProcessor processor,
    QueueSettings settings, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs until told to stop, then waits for the messages in hand.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var running = new HashSet<Task>();
        var pause = LeastPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                while (running.Count > settings.NewBatchThreshold)
                    running.Remove(await Task.WhenAny(running).WaitAsync(stopping));
                running.RemoveWhere(task => task.IsCompleted);

                var batch = await ReceiveAsync(stopping);
                foreach (var message in batch)
                    running.Add(processor.ProcessAsync(function, address, message));
                pause = batch.Length > 0 ? LeastPause : Longer(pause);
                if (batch.Length == 0)
                    await Task.Delay(pause, time, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException or IOException or HttpRequestException)
            {
                pause = Longer(pause);
                Logs.QueueUnreadable(logger, e, address.Name, pause.TotalMilliseconds);
                try
                {
                    await Task.Delay(pause, time, stopping);
                }
                catch (OperationCanceledException)
                {
                    break;
                }
            }
        }
        await Task.WhenAll(running);
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken stopping)
    {
        var queue = await clients.GetOrCreateAsync(address, stopping);
        try
        {
            return (await queue.ReceiveMessagesAsync(settings.BatchSize, QueueMessageProcessor.Lease, stopping)).Value;
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // Deleted while we run: made again, as at the start.
            await queue.CreateIfNotExistsAsync(cancellationToken: stopping);
            return [];
        }
    }

    private TimeSpan Longer(TimeSpan pause) => pause * 2 < settings.MaxPollingInterval ? pause * 2 : settings.MaxPollingInterval;
}
