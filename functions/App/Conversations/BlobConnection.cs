using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace ChatLoop.App.Conversations;

/// <summary>Opens a storage account as Azure Functions' own settings name one: by connection string, or by address and identity.</summary>
internal static class BlobConnection
{
    /// <exception cref="InvalidOperationException">The setting is missing or is no storage connection.</exception>
    public static BlobServiceClient Open(IConfiguration settings, string name)
    {
        var section = settings.GetSection(name);
        try
        {
            if (section.Value is { Length: > 0 } connectionString)
                return new BlobServiceClient(connectionString);
            if (Address(section) is { } address)
                return new BlobServiceClient(address, Credential(section));
        }
        // A malformed connection string holds a key: the clients' own message is not passed on.
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InvalidOperationException($"{name} is not a storage connection: copy the connection string again, or use UseDevelopmentStorage=true.", e);
        }

        throw new InvalidOperationException($"The setting {name} is missing: set a storage connection string, or {name}__blobServiceUri for an identity.");
    }

    private static Uri? Address(IConfigurationSection section) =>
        section["blobServiceUri"] is { Length: > 0 } address ? new Uri(address)
        : section["accountName"] is { Length: > 0 } account ? new Uri($"https://{account}.blob.core.windows.net")
        : null;

    private static TokenCredential Credential(IConfigurationSection section)
    {
        var client = section["clientId"];
        if (!string.Equals(section["credential"], "managedidentity", StringComparison.OrdinalIgnoreCase))
            return new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = client });
        return new ManagedIdentityCredential(client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client));
    }
}
