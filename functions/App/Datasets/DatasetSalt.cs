using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Datasets;

/// <summary>The deployment's secret for data sets: the settings', or one that is drawn once and kept in the loop's container.</summary>
public sealed class DatasetSalt(BlobContainerClient container, IOptions<DatasetBuildOptions> options)
{
    private readonly BlobClient blob = container.GetBlobClient("datasets/salt");

    internal async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Salt.Length > 0)
            return options.Value.Salt;
        try
        {
            var drawn = new BinaryData(RandomNumberGenerator.GetHexString(64, lowercase: true));
            await blob.UploadAsync(drawn, new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // It is there: the first one stays.
        }

        return (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToString();
    }
}
