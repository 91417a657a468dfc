using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Poison;

/// <summary>Keeps the messages that could not be taken, of all queues, until somebody has looked at them.</summary>
public sealed class FailedMessages(
    AppTables tables, [FromKeyedServices(StorageServices.Container)] BlobContainerClient container, UserItemIndex items, TimeProvider time, ILogger<FailedMessages> logger)
{
    /// <summary>Failed messages among a user's items.</summary>
    internal const string ItemKind = "failed";

    private const string StateColumn = "State";

    /// <summary>More than any message of a queue has; a row with it still has room.</summary>
    private const int MostBytesInRow = 256 * 1024;

    private readonly RowStore<FailedMessage> _rows = new(tables.FailedMessages, ReadableJson.Types.FailedMessage, time, (message, entity) => entity[StateColumn] = $"{message.State}");

    /// <summary>The same for the same bytes on the same queue.</summary>
    internal static string IdOf(string queue, ReadOnlyMemory<byte> body) => Identifier.From($"failed {queue} {Convert.ToBase64String(body.Span)}");

    /// <summary>
    /// Records that a queue's function cannot take a message, after which the function may complete it. Again for the same message
    /// it is the same record, back in waiting if it had been requeued; a decision to discard it stands.
    /// </summary>
    internal async Task RecordAsync(string queue, ReadOnlyMemory<byte> body, IReadOnlyList<string> reasons, long dequeueCount, CancellationToken cancellationToken)
    {
        var id = IdOf(queue, body);
        foreach (var owner in MessageChecks.Owners(body))
            await items.AddAsync(owner, ItemKind, id, cancellationToken);
        var inBlob = body.Length > MostBytesInRow;
        if (inBlob)
            await Blob(id).UploadAsync(new BinaryData(body), overwrite: true, cancellationToken);
        var now = time.GetUtcNow();
        await _rows.ChangeAsync(
            queue,
            id,
            old => old is null
                ? new FailedMessage(id, queue, reasons, inBlob ? null : body.ToArray(), dequeueCount, 1, now, now, FailedMessageState.Waiting)
                : old with
                {
                    Reasons = reasons,
                    DequeueCount = dequeueCount,
                    Times = old.Times + 1,
                    LastSeen = now,
                    State = old.State == FailedMessageState.Discarded ? FailedMessageState.Discarded : FailedMessageState.Waiting,
                },
            cancellationToken);
        logger.MessageFailed(id, queue, body.Length, reasons.Count);
    }

    internal async Task<FailedMessage?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!Identifier.IsWellFormed(id))
            return null;
        foreach (var queue in StorageStart.Queues)
            if (await _rows.FindAsync(queue, id, cancellationToken) is { } message)
                return message;
        return null;
    }

    /// <param name="queue">Null for all queues.</param>
    /// <param name="state">Null for all states.</param>
    internal async IAsyncEnumerable<FailedMessage> ListAsync(string? queue, FailedMessageState? state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string?[] conditions =
        [
            queue is null ? null : TableClient.CreateQueryFilter($"PartitionKey eq {queue}"),
            state is null ? null : TableClient.CreateQueryFilter($"State eq {state.ToString()}"),
        ];
        var filter = string.Join(" and ", conditions.OfType<string>());
        await foreach (var message in _rows.QueryAsync(filter.Length == 0 ? null : filter, cancellationToken))
            yield return message;
    }

    internal async Task<byte[]> BodyAsync(FailedMessage message, CancellationToken cancellationToken) =>
        message.Body ?? (await Blob(message.Id).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();

    /// <summary>Notes that a message has been put back, unless it has failed again by now.</summary>
    internal Task MarkRequeuedAsync(FailedMessage message, CancellationToken cancellationToken) => _rows.ChangeAsync(
        message.Queue, message.Id, stored => stored?.Times == message.Times ? stored with { State = FailedMessageState.Requeued } : stored, cancellationToken);

    internal Task DiscardAsync(FailedMessage message, string reason, CancellationToken cancellationToken) => _rows.ChangeAsync(
        message.Queue, message.Id, stored => stored is null ? null : stored with { State = FailedMessageState.Discarded, Note = reason }, cancellationToken);

    /// <summary>For good: only where a user is purged.</summary>
    internal async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await container.DeleteBlobIfExistsAsync(Blob(id).Name, cancellationToken: cancellationToken);
        foreach (var queue in StorageStart.Queues)
            await _rows.DeleteAsync(queue, id, cancellationToken);
    }

    private BlobClient Blob(string id) => container.GetBlobClient($"failed/{id}");
}
