using System.Security.Cryptography;
using System.Text;
using ChatLoop.App.Storage;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.ApiKeys;

/// <summary>Keeps the keys, a row each; of the key itself only its hash.</summary>
public sealed class ApiKeyStore(AppTables tables, TimeProvider time, ILogger<ApiKeyStore> logger)
{
    private const string Partition = "keys";

    private readonly RowStore<ApiKey> _rows = new(tables.ApiKeys, ReadableJson.Types.ApiKey, time);

    /// <returns>The stored key, and the key itself, which nobody sees again.</returns>
    internal async Task<(ApiKey Stored, string Key)> MakeAsync(string name, string user, ApiKeyLimits limits, CancellationToken cancellationToken)
    {
        var key = SecretKey.New();
        var hash = SecretKey.Hash(key);
        var stored = new ApiKey(SecretKey.IdOf(hash), hash, name, user, time.GetUtcNow(), limits);
        await _rows.ChangeAsync(Partition, stored.Id, _ => stored, cancellationToken);
        logger.ApiKeyMade(stored.Id);
        return (stored, key);
    }

    /// <returns>Null where there is no such key, or none any more.</returns>
    internal async Task<ApiKey?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (!SecretKey.IsWellFormed(key))
            return null;
        var hash = SecretKey.Hash(key);
        return await _rows.FindAsync(Partition, SecretKey.IdOf(hash), cancellationToken) is { RevokedAt: null } stored
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(stored.Hash), Encoding.ASCII.GetBytes(hash))
            ? stored
            : null;
    }

    /// <returns>All of them, the newest first.</returns>
    internal async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await _rows.QueryAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken)).OrderByDescending(key => key.CreatedAt)];

    /// <summary>Ends a key for good; it stays in the list. The next request with it is refused, on every instance.</summary>
    /// <returns>Null where there is no such key.</returns>
    internal async Task<ApiKey?> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (!Identifier.IsWellFormed(id))
            return null;
        var revoked = await _rows.ChangeAsync(
            Partition, id, stored => stored is { RevokedAt: null } ? stored with { RevokedAt = time.GetUtcNow() } : stored, cancellationToken);
        if (revoked is not null)
            logger.ApiKeyRevoked(id);
        return revoked;
    }

    internal Task DeleteAsync(string id, CancellationToken cancellationToken) => _rows.DeleteAsync(Partition, id, cancellationToken);
}
