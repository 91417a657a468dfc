using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ChatLoop.App.Improvement;
using ChatLoop.Core.Feedback;
using Microsoft.Extensions.Hosting;

namespace ChatLoop.App.Storage;

/// <summary>Creates the tables, queues and the container that are missing, so that a wrong storage account ends the start and not the first message.</summary>
internal sealed class StorageStart(AppTables tables, QueueServiceClient queues, BlobContainerClient container) : IHostedService
{
    internal static readonly string[] Queues = [QueueContracts.Feedback.Queue, QueueContracts.LabelingTasks.Queue, QueueContracts.RewardLabeling.Queue, StartByQueue.Queue];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(
            [
                container.CreateIfNotExistsAsync(cancellationToken: cancellationToken),
                tables.CreateAsync(cancellationToken),
                .. Queues.Select(queue => queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
            ]);
        }
        catch (Exception e) when (e is RequestFailedException or AuthenticationFailedException or AggregateException)
        {
            throw new InvalidOperationException($"The storage account {container.Uri.Host} cannot be prepared (tables, queues, container {container.Name}): check it and the rights to it.", e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
