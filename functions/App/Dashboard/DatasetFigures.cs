using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ChatLoop.App.Dashboard.Views;
using ChatLoop.App.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Dashboard;

/// <summary>Reads what the manifests of the data-set versions say.</summary>
public sealed class DatasetFigures([FromKeyedServices(StorageServices.Container)] BlobContainerClient container)
{
    private const string Folder = "datasets/";

    /// <returns>The oldest first: how the data grow.</returns>
    internal async Task<IReadOnlyList<DatasetView>> ReadAsync(CancellationToken cancellationToken)
    {
        var versions = new List<DatasetView>();
        await foreach (var item in container.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", Folder, cancellationToken))
        {
            // A version is there once its manifest is.
            if (item.IsPrefix && container.GetBlobClient($"{item.Prefix}manifest.json") is var blob && await blob.ExistsAsync(cancellationToken))
                versions.Add(Read((await blob.DownloadContentAsync(cancellationToken)).Value.Content));
        }

        return [.. versions.OrderBy(version => version.Created)];
    }

    private static DatasetView Read(BinaryData content)
    {
        using var json = JsonDocument.Parse(content);
        var manifest = json.RootElement;
        return new DatasetView(
            manifest.GetProperty("id").GetString()!,
            manifest.GetProperty("created").GetDateTimeOffset(),
            Records("pairs.jsonl") + Records("ranked.jsonl"),
            Records("demonstrations.jsonl"),
            Records("ratings.jsonl"),
            manifest.GetProperty("users").GetInt32());

        int Records(string file) => manifest.GetProperty("files").EnumerateObject()
            .Where(found => found.Name.EndsWith($"/{file}", StringComparison.Ordinal))
            .Sum(found => found.Value.GetProperty("records").GetInt32());
    }
}
