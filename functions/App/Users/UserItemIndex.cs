using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ChatLoop.App.Storage;

namespace ChatLoop.App.Users;

/// <summary>Which things are whose. An entry is written before the thing itself: what is stored can always be found, exported and purged.</summary>
public sealed class UserItemIndex(AppTables tables)
{
    private const char Separator = ':';
    private static readonly Dictionary<string, object> NoColumns = [];

    internal async Task AddAsync(string userId, string kind, string id, CancellationToken cancellationToken) =>
        await AddAsync(userId, kind, id, NoColumns, cancellationToken);

    /// <summary>Adds an entry that bears what a list shows of the thing; adding it once more without leaves that as it is.</summary>
    internal async Task AddAsync(string userId, string kind, string id, IReadOnlyDictionary<string, object> columns, CancellationToken cancellationToken) =>
        await tables.UserItems.UpsertEntityAsync(Entity(userId, kind, id, columns), TableUpdateMode.Merge, cancellationToken);

    /// <summary>Changes what an entry bears; one that is gone does not come back.</summary>
    internal async Task UpdateAsync(string userId, string kind, string id, IReadOnlyDictionary<string, object> columns, CancellationToken cancellationToken)
    {
        try
        {
            await tables.UserItems.UpdateEntityAsync(Entity(userId, kind, id, columns), ETag.All, TableUpdateMode.Merge, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Deleted since it was read.
        }
    }

    internal async IAsyncEnumerable<(string Kind, string Id)> ListAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ofUser = TableClient.CreateQueryFilter($"PartitionKey eq {UserKey.Of(userId)}");
        await foreach (var entity in tables.UserItems.QueryAsync<TableEntity>(ofUser, cancellationToken: cancellationToken))
        {
            var parts = entity.RowKey.Split(Separator, 2);
            yield return (parts[0], parts[1]);
        }
    }

    /// <summary>The entries of one kind with what they bear, in no order that means anything.</summary>
    internal async IAsyncEnumerable<(string Id, TableEntity Columns)> ListAsync(string userId, string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The character after the separator ends the range.
        var (from, to) = (Row(kind, ""), $"{kind}{(char)(Separator + 1)}");
        var ofKind = TableClient.CreateQueryFilter($"PartitionKey eq {UserKey.Of(userId)} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var entity in tables.UserItems.QueryAsync<TableEntity>(ofKind, cancellationToken: cancellationToken))
            yield return (entity.RowKey[from.Length..], entity);
    }

    /// <summary>The ids of one kind.</summary>
    internal async Task<IReadOnlyList<string>> IdsAsync(string userId, string kind, CancellationToken cancellationToken) =>
        await ListAsync(userId, cancellationToken).Where(item => item.Kind == kind).Select(item => item.Id).ToListAsync(cancellationToken);

    /// <summary>Takes an entry out; one that is not there is none already.</summary>
    internal async Task RemoveAsync(string userId, string kind, string id, CancellationToken cancellationToken)
    {
        using var response = await tables.UserItems.DeleteEntityAsync(UserKey.Of(userId), Row(kind, id), ETag.All, cancellationToken);
    }

    private static TableEntity Entity(string userId, string kind, string id, IReadOnlyDictionary<string, object> columns)
    {
        var entity = new TableEntity(UserKey.Of(userId), Row(kind, id));
        foreach (var (name, value) in columns)
            entity[name] = value;
        return entity;
    }

    private static string Row(string kind, string id) => $"{kind}{Separator}{id}";
}
