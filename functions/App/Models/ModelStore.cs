using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ChatLoop.App.Storage;
using ChatLoop.Core.ModelFolders;

namespace ChatLoop.App.Models;

/// <summary>Versions of the chat model in the loop's container: `models/chat/{version}/…`. They are written once and never changed.</summary>
public sealed class ModelStore(BlobContainerClient container, TimeProvider time)
{
    internal const string Folder = "models/chat/";
    internal const string VersionFile = "version.json";

    /// <summary>Publishes a model's folder. What is there already stays as it is.</summary>
    /// <exception cref="ModelFolderException">The folder holds no sound chat model.</exception>
    internal async Task<ModelVersion> PublishAsync(string folder, ModelOrigin origin, CancellationToken cancellationToken)
    {
        var name = ModelManifest.Verify(folder, ModelManifest.ChatKind).Name;
        var files = await FolderHash.FilesAsync(folder, cancellationToken);
        var version = new ModelVersion(FolderHash.Of(files), name, time.GetUtcNow(), origin, files);
        if (await FindAsync(version.Version, cancellationToken) is { } known)
            return known;
        foreach (var file in files.Keys)
            await Blob(version.Version, file).UploadAsync(Path.Combine(folder, file), overwrite: true, cancellationToken);
        var content = new BinaryData(JsonSerializer.SerializeToUtf8Bytes(version, ReadableJson.Types.ModelVersion));
        return await Blob(version.Version, VersionFile).TryUploadOnceAsync(content, "application/json", cancellationToken)
            ? version
            : await ReadAsync(version.Version, cancellationToken);
    }

    internal async Task<ModelVersion?> FindAsync(string version, CancellationToken cancellationToken)
    {
        if (!FolderHash.IsWellFormed(version))
            return null;
        try
        {
            var content = (await Blob(version, VersionFile).DownloadContentAsync(cancellationToken)).Value.Content;
            return JsonSerializer.Deserialize(content, ReadableJson.Types.ModelVersion);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <exception cref="ModelFolderException">There is no such version.</exception>
    internal async Task<ModelVersion> ReadAsync(string version, CancellationToken cancellationToken) =>
        await FindAsync(version, cancellationToken) ?? throw new ModelFolderException($"The model store has no version {version}.");

    /// <returns>The newest first.</returns>
    internal async Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken cancellationToken)
    {
        var versions = new List<ModelVersion>();
        await foreach (var item in container.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", Folder, cancellationToken))
        {
            if (item.IsPrefix && await FindAsync(item.Prefix[Folder.Length..].TrimEnd('/'), cancellationToken) is { } version)
                versions.Add(version);
        }

        return [.. versions.OrderByDescending(version => version.PublishedAt)];
    }

    /// <summary>Fetches a version's files into an empty folder, and checks each by its hash.</summary>
    /// <exception cref="ModelFolderException">A file in the store is missing or damaged.</exception>
    internal async Task DownloadAsync(ModelVersion version, string folder, CancellationToken cancellationToken)
    {
        foreach (var file in version.Files.Keys)
        {
            var path = FolderHash.PathOf(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            try
            {
                await Blob(version.Version, file).DownloadToAsync(path, cancellationToken);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                throw new ModelFolderException($"Version {version.Version} of the model store lacks its file {file}: publish the model again.", e);
            }
        }

        await FolderHash.CheckAsync(folder, version.Files, cancellationToken);
    }

    private BlobClient Blob(string version, string file) => container.GetBlobClient($"{Folder}{version}/{file}");
}
