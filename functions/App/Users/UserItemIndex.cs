using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ChatLoop.App.Storage;

namespace ChatLoop.App.Users;

/// <summary>Which things are whose. An entry is written before the thing itself: what is stored can always be found, exported and purged.</summary>
public sealed class UserItemIndex(AppTables tables)
{
    private const char Separator = ':';

    internal async Task AddAsync(string userId, string kind, string id, CancellationToken cancellationToken) =>
        await tables.UserItems.UpsertEntityAsync(new TableEntity(UserKey.Of(userId), Row(kind, id)), TableUpdateMode.Replace, cancellationToken);

    internal async IAsyncEnumerable<(string Kind, string Id)> ListAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ofUser = TableClient.CreateQueryFilter($"PartitionKey eq {UserKey.Of(userId)}");
        await foreach (var entity in tables.UserItems.QueryAsync<TableEntity>(ofUser, cancellationToken: cancellationToken))
        {
            var parts = entity.RowKey.Split(Separator, 2);
            yield return (parts[0], parts[1]);
        }
    }

    /// <summary>The ids of one kind.</summary>
    internal async Task<IReadOnlyList<string>> IdsAsync(string userId, string kind, CancellationToken cancellationToken) =>
        await ListAsync(userId, cancellationToken).Where(item => item.Kind == kind).Select(item => item.Id).ToListAsync(cancellationToken);

    /// <summary>Takes an entry out; one that is not there is none already.</summary>
    internal async Task RemoveAsync(string userId, string kind, string id, CancellationToken cancellationToken)
    {
        using var response = await tables.UserItems.DeleteEntityAsync(UserKey.Of(userId), Row(kind, id), ETag.All, cancellationToken);
    }

    private static string Row(string kind, string id) => $"{kind}{Separator}{id}";
}
