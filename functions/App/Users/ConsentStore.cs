using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using ChatLoop.App.Storage;

namespace ChatLoop.App.Users;

/// <summary>Who lets their data be used for training: who said so last, by the consent route or with a judgement.</summary>
public sealed class ConsentStore(AppTables tables, TimeProvider time) : IUserData
{
    /// <summary>The owner of what nobody owns, such as an administrator's prompts: the deployment, which consents.</summary>
    internal const string Deployment = "";

    private const string Row = "consent";

    private readonly RowStore<StoredConsent> _rows = new(
        tables.Users, ReadableJson.Types.StoredConsent, time, (consent, entity) => entity["AllowDataUse"] = consent.AllowDataUse);

    public string Kind => "consent";

    /// <summary>Whether a user lets their data be used; who has never been asked does not.</summary>
    internal async Task<bool> AllowsAsync(string userId, CancellationToken cancellationToken = default) =>
        userId == Deployment || (await FindAsync(userId, cancellationToken))?.AllowDataUse == true;

    /// <summary>The ids of all users who let their data be used, and <see cref="Deployment"/>.</summary>
    internal async Task<IReadOnlySet<string>> ConsentingAsync(CancellationToken cancellationToken = default)
    {
        var allowing = TableClient.CreateQueryFilter($"RowKey eq {Row} and AllowDataUse eq true");
        return await _rows.QueryAsync(allowing, cancellationToken).Select(consent => consent.UserId).Append(Deployment).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
    }

    internal Task<StoredConsent?> FindAsync(string userId, CancellationToken cancellationToken) => _rows.FindAsync(UserKey.Of(userId), Row, cancellationToken);

    /// <summary>Notes what a user said; what they said later stands, in any order of delivery, and of two at one moment the refusal.</summary>
    internal Task SetAsync(string userId, bool allow, DateTimeOffset at, CancellationToken cancellationToken) => _rows.ChangeAsync(
        UserKey.Of(userId),
        Row,
        stored => stored is null || at > stored.At || (at == stored.At && stored.AllowDataUse && !allow) ? new StoredConsent(userId, allow, at) : stored,
        cancellationToken);

    internal async Task ForgetBeforeAsync(string userId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await FindAsync(userId, cancellationToken) is { } stored && stored.At <= at)
            await PurgeAsync(userId, cancellationToken);
    }

    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken) => await FindAsync(userId, cancellationToken) is null ? 0 : 1;

    public async Task<JsonNode?> ExportAsync(string userId, CancellationToken cancellationToken) =>
        await FindAsync(userId, cancellationToken) is { } consent ? JsonSerializer.SerializeToNode(consent, ReadableJson.Types.StoredConsent) : null;

    public Task PurgeAsync(string userId, CancellationToken cancellationToken) => _rows.DeleteAsync(UserKey.Of(userId), Row, cancellationToken);
}
