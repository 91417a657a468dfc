using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ChatLoop.App.Storage;

/// <summary>Blobs that are written once and never changed: of several writers the first wins.</summary>
internal static class BlobOnce
{
    /// <returns>False where the blob was there already, whatever it holds.</returns>
    public static async Task<bool> TryUploadOnceAsync(this BlobClient blob, BinaryData content, string? contentType, CancellationToken cancellationToken)
    {
        var once = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        if (contentType is not null)
            once.HttpHeaders = new BlobHttpHeaders { ContentType = contentType };
        try
        {
            await blob.UploadAsync(content, once, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            return false;
        }
    }
}
