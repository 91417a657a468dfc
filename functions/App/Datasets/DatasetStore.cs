using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ChatLoop.App.Storage;
using ChatLoop.Core.Datasets;

namespace ChatLoop.App.Datasets;

/// <summary>Versions of the data set in the loop's container: `datasets/{id}/…`. A version is there once its manifest is, which is written last.</summary>
public sealed class DatasetStore(BlobContainerClient container)
{
    private const string Folder = "datasets/";
    private const string UsersFile = "users.txt";
    private const int IdLength = 16;

    /// <summary>Writes a version once; one that is there stays as it is.</summary>
    internal async Task SaveAsync(DatasetVersion version, CancellationToken cancellationToken)
    {
        // Before everything: no version may hold somebody's prompts and not be found. The same data may have come from others before.
        var users = (await UsersAsync(version.Id, cancellationToken)).Union(version.UserKeys).Order(StringComparer.Ordinal);
        await Blob(version.Id, UsersFile).UploadAsync(new BinaryData(string.Join('\n', users)), overwrite: true, cancellationToken);
        if (await Blob(version.Id, DatasetVersion.ManifestFileName).ExistsAsync(cancellationToken))
            return;
        foreach (var (path, content) in version.Files.Where(file => file.Key != DatasetVersion.ManifestFileName))
            await Blob(version.Id, path).UploadAsync(new BinaryData(content), overwrite: true, cancellationToken);
        // False: somebody wrote the same version at the same time.
        await Blob(version.Id, DatasetVersion.ManifestFileName).TryUploadOnceAsync(new BinaryData(version.Files[DatasetVersion.ManifestFileName]), "application/json", cancellationToken);
    }

    /// <summary>The manifest as it was written; null where there is no such version.</summary>
    internal async Task<BinaryData?> FindManifestAsync(string id, CancellationToken cancellationToken)
    {
        if (id.Length != IdLength || !id.All(char.IsAsciiHexDigitLower))
            return null;
        try
        {
            return (await Blob(id, DatasetVersion.ManifestFileName).DownloadContentAsync(cancellationToken)).Value.Content;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <returns>The newest first.</returns>
    public async Task<IReadOnlyList<DatasetSummary>> ListAsync(CancellationToken cancellationToken)
    {
        var versions = new List<DatasetSummary>();
        await foreach (var item in container.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", Folder, cancellationToken))
        {
            if (item.IsPrefix && await FindManifestAsync(item.Prefix[Folder.Length..].TrimEnd('/'), cancellationToken) is { } manifest)
                versions.Add(Summary(Read(manifest)));
        }

        return [.. versions.OrderByDescending(version => version.Created)];
    }

    /// <summary>The versions that hold prompts of a user, the oldest first.</summary>
    internal async Task<IReadOnlyList<string>> OfUserAsync(string userKey, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var version in (await ListAsync(cancellationToken)).Reverse())
        {
            if ((await UsersAsync(version.Id, cancellationToken)).Contains(userKey))
                ids.Add(version.Id);
        }

        return ids;
    }

    /// <summary>Fetches a version into a folder, as the trainer reads it, and checks each file by its hash.</summary>
    /// <exception cref="InvalidDataException">There is no such version, or a file of it is damaged.</exception>
    internal async Task DownloadAsync(string id, string folder, CancellationToken cancellationToken)
    {
        var manifest = Read(await FindManifestAsync(id, cancellationToken) ?? throw new InvalidDataException($"There is no data set {id}."));
        foreach (var path in manifest.Files.Keys.Append("MANIFEST.tsv"))
        {
            var content = (await Blob(id, $"{DatasetVersion.DataFolder}/{path}").DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
            if (manifest.Files.TryGetValue(path, out var file) && Convert.ToHexStringLower(SHA256.HashData(content.Span)) != file.Sha256)
                throw new InvalidDataException($"Data set {id}: {path} is damaged, its SHA-256 is not the manifest's.");
            var target = Path.Combine(folder, DatasetVersion.DataFolder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, content, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> UsersAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return (await Blob(id, UsersFile).DownloadContentAsync(cancellationToken)).Value.Content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return [];
        }
    }

    private static StoredManifest Read(BinaryData manifest) => JsonSerializer.Deserialize(manifest, ReadableJson.Types.StoredManifest)!;

    private static DatasetSummary Summary(StoredManifest manifest) => DatasetSummary.Of(manifest.Id, manifest.Created, manifest.Users, manifest.Files);

    private BlobClient Blob(string id, string path) => container.GetBlobClient($"{Folder}{id}/{path}");
}
