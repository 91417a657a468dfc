using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ChatLoop.App.Storage;

namespace ChatLoop.App.Conversations;

/// <summary>Remembers which request used an idempotency key first, one small blob a key, named by the turn's id: a hash of the key.</summary>
public sealed class IdempotencyKeys(BlobContainerClient container)
{
    private const string Folder = "idempotency-keys/";

    /// <summary>Claims a key for a request; of several at once the first wins, and all of them see its claim.</summary>
    internal async Task<KeyClaim> ClaimAsync(string turnId, KeyClaim claim, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient($"{Folder}{turnId}.json");
        if (await blob.TryUploadOnceAsync(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(claim, AppJson.Default.KeyClaim)), contentType: null, cancellationToken))
            return claim;
        var content = (await blob.DownloadContentAsync(cancellationToken)).Value.Content;
        return JsonSerializer.Deserialize(content, AppJson.Default.KeyClaim) ?? throw new InvalidOperationException($"Blob {blob.Name} holds no claim: delete it.");
    }

    /// <summary>Forgets the key of one turn.</summary>
    internal Task ForgetAsync(string turnId, CancellationToken cancellationToken) => container.DeleteBlobIfExistsAsync($"{Folder}{turnId}.json", cancellationToken: cancellationToken);

    /// <summary>Forgets keys that were claimed before a time.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        var forgotten = 0;
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, Folder, cancellationToken))
        {
            if (blob.Properties.LastModified >= before)
                continue;
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            forgotten++;
        }

        return forgotten;
    }
}
