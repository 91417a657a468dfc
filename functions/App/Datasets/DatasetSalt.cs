using System.Security.Cryptography;
using Azure.Storage.Blobs;
using ChatLoop.App.Storage;
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
        // Where it is there, the first one stays.
        await blob.TryUploadOnceAsync(new BinaryData(RandomNumberGenerator.GetHexString(64, lowercase: true)), contentType: null, cancellationToken);
        return (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToString();
    }
}
