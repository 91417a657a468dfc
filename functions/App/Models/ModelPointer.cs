using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ChatLoop.Inference.Serving;

namespace ChatLoop.App.Models;

/// <summary>Which version is the current one: `models/current.json` in the loop's container, changed under its ETag.</summary>
public sealed class ModelPointer(BlobContainerClient container, TimeProvider time)
{
    private const int MostAttempts = 10;

    private readonly BlobClient blob = container.GetBlobClient("models/current.json");

    /// <returns>The shipped model where nothing was ever made current.</returns>
    internal async Task<CurrentModel> ReadAsync(CancellationToken cancellationToken) => (await LoadAsync(cancellationToken)).Current;

    /// <summary>Makes a version the current one. The same change again changes nothing, whatever became current since.</summary>
    /// <exception cref="IOException">Others made changes every time.</exception>
    internal async Task<CurrentModel> ChangeAsync(string id, string version, string by, string reason, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var (before, eTag) = await LoadAsync(cancellationToken);
            if (before.History.Any(change => change.Id == id))
                return before;
            var change = new ModelChange(id, version, before.Version, time.GetUtcNow(), by, reason);
            var after = new CurrentModel(version, [.. before.History.Prepend(change).Take(CurrentModel.LongestHistory)]);
            if (await TrySaveAsync(after, eTag, cancellationToken))
                return after;
        }

        throw new IOException($"The current model was changed by others {MostAttempts} times in a row; try again.");
    }

    private async Task<(CurrentModel Current, ETag? ETag)> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = (await blob.DownloadContentAsync(cancellationToken)).Value;
            return (JsonSerializer.Deserialize(found.Content, ReadableJson.Types.CurrentModel)!, found.Details.ETag);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return (new CurrentModel(ServedVersion.Shipped, []), null);
        }
    }

    private async Task<bool> TrySaveAsync(CurrentModel current, ETag? eTag, CancellationToken cancellationToken)
    {
        var content = new BinaryData(JsonSerializer.SerializeToUtf8Bytes(current, ReadableJson.Types.CurrentModel));
        var conditions = eTag is { } known ? new BlobRequestConditions { IfMatch = known } : new BlobRequestConditions { IfNoneMatch = ETag.All };
        try
        {
            await blob.UploadAsync(content, new BlobUploadOptions { Conditions = conditions, HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } }, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }
}
