using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace ChatLoop.App.Storage;

/// <summary>Opens a storage account as Azure Functions' own settings name one: by connection string, or by address and identity.</summary>
internal static class StorageConnection
{
    /// <exception cref="InvalidOperationException">The setting is missing or is no storage connection.</exception>
    public static BlobServiceClient OpenBlobs(IConfiguration settings, string name) =>
        Open(settings, name, "blob", connection => new BlobServiceClient(connection), (address, credential) => new BlobServiceClient(address, credential));

    /// <inheritdoc cref="OpenBlobs"/>
    public static QueueServiceClient OpenQueues(IConfiguration settings, string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        // Base64 is what the queue triggers of both hosts expect, unless host.json says otherwise.
        var options = new QueueClientOptions { MessageEncoding = encoding };
        return Open(settings, name, "queue", connection => new QueueServiceClient(connection, options), (address, credential) => new QueueServiceClient(address, credential, options));
    }

    /// <inheritdoc cref="OpenBlobs"/>
    public static TableServiceClient OpenTables(IConfiguration settings, string name) =>
        Open(settings, name, "table", connection => new TableServiceClient(connection), (address, credential) => new TableServiceClient(address, credential));

    private static T Open<T>(IConfiguration settings, string name, string service, Func<string, T> byConnectionString, Func<Uri, TokenCredential, T> byIdentity)
    {
        var section = settings.GetSection(name);
        try
        {
            if (section.Value is { Length: > 0 } connectionString)
                return byConnectionString(connectionString);
            if (Address(section, service) is { } address)
                return byIdentity(address, Credential(section));
        }
        // A malformed connection string holds a key: the clients' own message is not passed on.
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{name} is not a storage connection: copy the connection string again, or use UseDevelopmentStorage=true.", e);
        }

        throw new InvalidOperationException($"The setting {name} is missing: set a storage connection string, or {name}__{service}ServiceUri for an identity.");
    }

    private static Uri? Address(IConfigurationSection section, string service) =>
        section[$"{service}ServiceUri"] is { Length: > 0 } address ? new Uri(address)
        : section["accountName"] is { Length: > 0 } account ? new Uri($"https://{account}.{service}.core.windows.net")
        : null;

    private static TokenCredential Credential(IConfigurationSection section)
    {
        var client = section["clientId"];
        if (!string.Equals(section["credential"], "managedidentity", StringComparison.OrdinalIgnoreCase))
            return new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = client });
        return new ManagedIdentityCredential(client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client));
    }
}
