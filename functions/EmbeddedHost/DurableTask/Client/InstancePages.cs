using System.Runtime.CompilerServices;
using Microsoft.DurableTask.Store;

namespace Microsoft.DurableTask.Client;

/// <summary>Instances in the order of their ids; the last id of a page is where the next one goes on.</summary>
internal sealed class InstancePages(StoreReader reader, OrchestrationQuery query, Func<InstanceRow, OrchestrationMetadata> read) : AsyncPageable<OrchestrationMetadata>
{
    public override IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        var size = pageSizeHint ?? query.PageSize;
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(pageSizeHint));
        return ReadAsync(continuationToken ?? query.ContinuationToken, size);
    }

#pragma warning disable CS1998 // SQLite reads at once; the official signature is asynchronous.
    private async IAsyncEnumerable<Page<OrchestrationMetadata>> ReadAsync(string? after, int size, [EnumeratorCancellation] CancellationToken cancellationToken = default)
#pragma warning restore CS1998
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = reader.Page(after, size + 1, query.InstanceIdPrefix, query.CreatedFrom?.UtcDateTime, query.CreatedTo?.UtcDateTime, query.Statuses?.ToList());
            after = rows.Count > size ? rows[size - 1].Id : null;
            yield return new Page<OrchestrationMetadata>([.. rows.Take(size).Select(read)], after);
            if (after is null)
                yield break;
        }
    }
}
