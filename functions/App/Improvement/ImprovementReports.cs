using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ChatLoop.App.Improvement;

/// <summary>The trainer's reports in the loop's container: `improvements/{runId}/report.html`.</summary>
public sealed class ImprovementReports(BlobContainerClient container)
{
    internal async Task KeepAsync(string runId, string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
            await Blob(runId).UploadAsync(file, new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "text/html; charset=utf-8" } }, cancellationToken);
    }

    internal async Task<BinaryData?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return (await Blob(runId).DownloadContentAsync(cancellationToken)).Value.Content;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    private BlobClient Blob(string runId) => container.GetBlobClient($"improvements/{runId}/report.html");
}
