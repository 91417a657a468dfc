using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Storage;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Queues;

/// <summary>Clients for queues, which are created when missing.</summary>
internal sealed class QueueClients(IConfiguration settings)
{
    private readonly ConcurrentDictionary<string, QueueServiceClient> _services = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<QueueAddress, Task<QueueClient>> _queues = [];

    /// <summary>Texts pass as they are: the encoding is read and written by <see cref="QueueText"/>, so that a bad message can be told.</summary>
    public QueueClient Get(QueueAddress address) => _services.GetOrAdd(
        address.Connection,
        setting => (StorageConnection.Find(setting, settings) ?? throw new HostStartException($"The setting {setting} is not set."))
            .Queues()).GetQueueClient(address.Name);

    /// <summary>The queue, created once if it was missing.</summary>
    public async Task<QueueClient> GetOrCreateAsync(QueueAddress address, CancellationToken cancellationToken)
    {
        var queue = _queues.GetOrAdd(address, CreateAsync);
        try
        {
            return await queue.WaitAsync(cancellationToken);
        }
        catch (RequestFailedException)
        {
            // The next message tries again.
            _queues.TryRemove(new(address, queue));
            throw;
        }
    }

    private async Task<QueueClient> CreateAsync(QueueAddress address)
    {
        var queue = Get(address);
        await queue.CreateIfNotExistsAsync();
        return queue;
    }
}
