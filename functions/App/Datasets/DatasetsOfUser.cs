using ChatLoop.Core.Datasets;

namespace ChatLoop.App.Datasets;

/// <summary>Which versions of the data set hold prompts of a user. Versions are immutable: they can be named, not changed.</summary>
public sealed class DatasetsOfUser(DatasetStore store, DatasetSalt salt)
{
    internal async Task<IReadOnlyList<string>> ListAsync(string userId, CancellationToken cancellationToken) =>
        await store.OfUserAsync(DatasetVersion.UserKey(userId, await salt.ReadAsync(cancellationToken)), cancellationToken);
}
