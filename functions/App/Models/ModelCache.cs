using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Serving;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Models;

/// <summary>Versions of the model store as folders on this machine. A folder appears whole or not at all, and is checked whenever it is asked for.</summary>
public sealed class ModelCache(ModelStore store, ServingChatClient client, IOptions<ModelOptions> options)
{
    /// <exception cref="ModelFolderException">There is no such version, or it is damaged in the store.</exception>
    internal async Task<string> FolderAsync(string version, CancellationToken cancellationToken)
    {
        if (version == ServedVersion.Shipped)
            return client.ShippedFolder;
        var known = await store.ReadAsync(version, cancellationToken);
        var folder = Path.Combine(options.Value.CacheFolder, known.Version);
        if (await IsSoundAsync(folder, known, cancellationToken))
            return folder;

        var draft = $"{folder}.{Guid.NewGuid():N}";
        try
        {
            await store.DownloadAsync(known, draft, cancellationToken);
            // Somebody else on this machine may have been faster, and use it by now.
            if (await IsSoundAsync(folder, known, cancellationToken))
                return folder;
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.Move(draft, folder);
        }
        // Another process of this machine may have been faster: its folder is as good.
        catch (IOException) when (Directory.Exists(folder) && Directory.Exists(draft))
        {
            await FolderHash.CheckAsync(folder, known.Files, cancellationToken);
        }
        finally
        {
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
        }

        return folder;
    }

    private static async Task<bool> IsSoundAsync(string folder, ModelVersion version, CancellationToken cancellationToken)
    {
        try
        {
            await FolderHash.CheckAsync(folder, version.Files, cancellationToken);
            return true;
        }
        catch (ModelFolderException)
        {
            return false;
        }
    }
}
