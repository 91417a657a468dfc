using Microsoft.Azure.Functions.Worker.Azurite;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Storage;

/// <summary>Nothing else starts before the storage is there, and Azurite stops after everything else.</summary>
internal sealed class StorageStart(StorageReady ready, AzuriteProcess azurite) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => ready.WaitAsync().WaitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => azurite.StopAsync(cancellationToken);
}
