using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.App.Users;

namespace ChatLoop.App.ApiKeys;

/// <summary>The keys that begin a user's conversations. Purged with the user: none of them answers any more.</summary>
public sealed class ApiKeysOfUser(ApiKeyStore keys, KeyUses uses) : IUserData
{
    public string Kind => "apiKeys";

    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken) => (await OfAsync(userId, cancellationToken)).Count;

    public async Task<JsonNode?> ExportAsync(string userId, CancellationToken cancellationToken) =>
        new JsonArray([.. (await OfAsync(userId, cancellationToken)).Select(key => JsonSerializer.SerializeToNode(ApiKeyView.Of(key), ReadableJson.Types.ApiKeyView))]);

    public async Task PurgeAsync(string userId, CancellationToken cancellationToken)
    {
        foreach (var key in await OfAsync(userId, cancellationToken))
        {
            // The key last: only it knows of its use.
            await uses.DeleteAsync(key.Id, cancellationToken);
            await keys.DeleteAsync(key.Id, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<ApiKey>> OfAsync(string userId, CancellationToken cancellationToken) =>
        [.. (await keys.ListAsync(cancellationToken)).Where(key => key.User == userId)];
}
