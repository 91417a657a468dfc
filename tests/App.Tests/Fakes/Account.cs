using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ChatLoop.App.Storage;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>Tables, queues and a container of the test's own in the storage emulator.</summary>
internal sealed class Account
{
    private Account(AppTables tables, QueueServiceClient queues, BlobContainerClient container) =>
        (Tables, Queues, Container, Journal, Sender) = (tables, queues, container, new Journal(container), new MessageSender(queues));

    public AppTables Tables { get; }

    /// <summary>Of all tests: give messages ids of your own.</summary>
    public QueueServiceClient Queues { get; }

    public BlobContainerClient Container { get; }

    public Journal Journal { get; }

    public MessageSender Sender { get; }

    /// <param name="crash">Sees every request to tables and blobs.</param>
    public static async Task<Account> CreateAsync(string connectionString, Crash? crash = null)
    {
        var (tables, blobs) = (new TableClientOptions(), new BlobClientOptions());
        if (crash is not null)
        {
            tables.AddPolicy(crash, HttpPipelinePosition.PerCall);
            blobs.AddPolicy(crash, HttpPipelinePosition.PerCall);
        }

        var name = $"t{Guid.NewGuid():N}"[..20];
        var account = new Account(
            new AppTables(new TableServiceClient(connectionString, tables), name),
            new QueueServiceClient(connectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }),
            new BlobServiceClient(connectionString, blobs).GetBlobContainerClient(name));
        await new StorageStart(account.Tables, account.Queues, account.Container).StartAsync(CancellationToken.None);
        return account;
    }
}
