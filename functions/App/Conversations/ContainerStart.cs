using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;

namespace ChatLoop.App.Conversations;

/// <summary>Creates the container when it is missing, so that a wrong storage account ends the start and not the first question.</summary>
internal sealed class ContainerStart(BlobContainerClient container) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await container.ExistsAsync(cancellationToken))
                await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
        catch (Exception e) when (e is RequestFailedException or AuthenticationFailedException or AggregateException)
        {
            throw new InvalidOperationException($"The container {container.Name} at {container.Uri.Host} cannot be opened: check the storage account and the rights to it.", e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
