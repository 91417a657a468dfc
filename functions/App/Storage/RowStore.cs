using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace ChatLoop.App.Storage;

/// <summary>Reads and changes records that are one row each, with optimistic concurrency (ETags).</summary>
/// <param name="columns">What is written beside the record, to search by.</param>
internal sealed class RowStore<T>(TableClient table, JsonTypeInfo<T> type, TimeProvider time, Action<T, TableEntity>? columns = null)
    where T : class
{
    // At its worst every other writer gets in first.
    private const int MostAttempts = 30;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    public TableClient Table => table;

    public async Task<T?> FindAsync(string partition, string row, CancellationToken cancellationToken = default) =>
        (await LoadAsync(partition, row, cancellationToken)).Record;

    /// <summary>Applies a change; it may be called more than once, sees null where nothing is stored yet, and changes nothing by returning what it got.</summary>
    /// <returns>The record with the change; null where there still is none.</returns>
    /// <exception cref="IOException">Other writers got in first every time.</exception>
    public async Task<T?> ChangeAsync(string partition, string row, Func<T?, T?> change, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var (before, eTag) = await LoadAsync(partition, row, cancellationToken);
            var after = change(before);
            if (ReferenceEquals(before, after) || after is null)
                return after;
            if (await TrySaveAsync(partition, row, after, eTag, cancellationToken))
                return after;
            await Task.Delay(LongestPause * Random.Shared.NextDouble(), time, cancellationToken);
        }

        throw new IOException($"Row {row} of {table.Name} was changed by others {MostAttempts} times in a row; try again.");
    }

    public async IAsyncEnumerable<T> QueryAsync(string? filter = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            yield return JsonRow.Read(entity, type);
    }

    /// <returns>Whether it was there.</returns>
    public async Task<bool> DeleteAsync(string partition, string row, CancellationToken cancellationToken = default)
    {
        using var response = await table.DeleteEntityAsync(partition, row, ETag.All, cancellationToken);
        return response.Status != 404;
    }

    private async Task<(T? Record, ETag? ETag)> LoadAsync(string partition, string row, CancellationToken cancellationToken)
    {
        var entity = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return entity is { HasValue: true, Value: { } found } ? (JsonRow.Read(found, type), found.ETag) : (null, null);
    }

    private async Task<bool> TrySaveAsync(string partition, string row, T record, ETag? eTag, CancellationToken cancellationToken)
    {
        var entity = JsonRow.Of(partition, row, record, type);
        columns?.Invoke(record, entity);
        try
        {
            if (eTag is { } known)
                await table.UpdateEntityAsync(entity, known, TableUpdateMode.Replace, cancellationToken);
            else
                await table.AddEntityAsync(entity, cancellationToken);
            return true;
        }
        // 404: it was deleted in between.
        catch (RequestFailedException e) when (e.Status is 412 or 404 || e.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return false;
        }
    }
}
