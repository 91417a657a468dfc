using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Storage;

/// <summary>A storage account as a setting names it: by connection string, or by address and identity.</summary>
/// <param name="Setting">The setting's name, for messages.</param>
/// <param name="ConnectionString">Null for the identity form.</param>
internal sealed record StorageConnection(string Setting, string? ConnectionString, Uri? BlobService, Uri? QueueService, TokenCredential? Credential)
{
    public const string Default = "AzureWebJobsStorage";

    /// <summary>Null when the setting is absent or empty.</summary>
    public static StorageConnection? Find(string setting, IConfiguration settings)
    {
        var name = setting.Replace("__", ":", StringComparison.Ordinal);
        // In the order in which Azure looks for it.
        foreach (var section in new[] { settings.GetSection("AzureWebJobs" + name), settings.GetSection("ConnectionStrings:" + name), settings.GetSection(name) })
        {
            if (section.Value is { Length: > 0 } connectionString)
                return new StorageConnection(setting, connectionString, null, null, null);
            if (ByIdentity(setting, section) is { } connection)
                return connection;
        }
        return null;
    }

    public QueueServiceClient Queues() => Create(
        "Queue", () => ConnectionString is not null ? new QueueServiceClient(ConnectionString) : new QueueServiceClient(QueueService, Credential));

    public BlobServiceClient Blobs(BlobClientOptions options) => Create(
        "Blob", () => ConnectionString is not null ? new BlobServiceClient(ConnectionString, options) : new BlobServiceClient(BlobService, Credential, options));

    private static StorageConnection? ByIdentity(string setting, IConfigurationSection section)
    {
        var account = section["accountName"];
        var blobs = Service(setting, section, account, "blob");
        var queues = Service(setting, section, account, "queue");
        if (blobs is null && queues is null)
            return null;
        var client = section["clientId"];
        TokenCredential credential = string.Equals(section["credential"], "managedidentity", StringComparison.OrdinalIgnoreCase)
            ? new ManagedIdentityCredential(client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client))
            : new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = client });
        return new StorageConnection(setting, null, blobs, queues, credential);
    }

    private static Uri? Service(string setting, IConfigurationSection section, string? account, string service)
    {
        var key = $"{service}ServiceUri";
        var text = section[key] ?? (account is null ? null : $"https://{account}.{service}.core.windows.net");
        if (text is null)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            ? uri
            : throw new HostStartException($"{setting}__{key} is not an address; it looks like https://<account>.{service}.core.windows.net.");
    }

    private T Create<T>(string service, Func<T> create)
    {
        try
        {
            return create();
        }
        // The clients throw FormatException, ArgumentException or worse at a malformed connection string, which holds a key: not shown.
        catch (Exception e)
        {
            throw new HostStartException(ConnectionString is null
                ? $"{Setting}__{char.ToLowerInvariant(service[0])}{service[1..]}ServiceUri is not set, but the app uses {service.ToLowerInvariant()}s."
                : $"{Setting} is not a storage connection string: copy it again from the storage account's access keys, or use UseDevelopmentStorage=true.", e);
        }
    }
}
