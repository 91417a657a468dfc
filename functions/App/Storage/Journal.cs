using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace ChatLoop.App.Storage;

/// <summary>
/// What was said, word for word, in append-only blobs: one line of JSON a record, one folder a person, so that everything of a person
/// can be exported, and purged by deleting the folder. After a crash a record may stand twice: readers go by its id.
/// </summary>
public sealed class Journal(BlobContainerClient container)
{
    private const string Folder = "said";

    /// <param name="kind">What the records are, a file name: feedback, submissions.</param>
    internal async Task AppendAsync<T>(string userId, string kind, T record, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var line = new BinaryData([.. JsonSerializer.SerializeToUtf8Bytes(record, type), (byte)'\n']);
        // A blob takes 50,000 appends; nobody says so much that looking through the full ones would matter.
        for (var segment = 0; !await TryAppendAsync(container.GetAppendBlobClient(Name(userId, kind, segment)), line, cancellationToken); segment++)
        {
        }
    }

    /// <summary>The names of all blobs of a person, without the person's folder.</summary>
    internal async Task<IReadOnlyList<string>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        var prefix = Prefix(userId);
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
            names.Add(blob.Name[prefix.Length..]);
        return names;
    }

    internal async Task<string> ReadAsync(string userId, string name, CancellationToken cancellationToken) =>
        (await container.GetBlobClient(Prefix(userId) + name).DownloadContentAsync(cancellationToken)).Value.Content.ToString();

    /// <returns>How many blobs were deleted.</returns>
    internal async Task<int> PurgeAsync(string userId, CancellationToken cancellationToken)
    {
        var names = await ListAsync(userId, cancellationToken);
        foreach (var name in names)
            await container.DeleteBlobIfExistsAsync(Prefix(userId) + name, cancellationToken: cancellationToken);
        return names.Count;
    }

    /// <returns>False where the blob is full.</returns>
    private static async Task<bool> TryAppendAsync(AppendBlobClient blob, BinaryData line, CancellationToken cancellationToken)
    {
        try
        {
            await blob.AppendBlockAsync(line.ToStream(), cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            await blob.CreateIfNotExistsAsync(new AppendBlobCreateOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/x-ndjson" } }, cancellationToken);
            await blob.AppendBlockAsync(line.ToStream(), cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlockCountExceedsLimit)
        {
            return false;
        }
    }

    private static string Prefix(string userId) => $"{Folder}/{Identifier.From($"user {userId}")}/";

    private static string Name(string userId, string kind, int segment) => $"{Prefix(userId)}{kind}-{segment:0000}.jsonl";
}
