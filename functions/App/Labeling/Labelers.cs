using System.Globalization;
using Azure.Data.Tables;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling;

/// <summary>
/// What a labeler holds and has done: one row of reservations, which changes under its ETag, so that simultaneous requests of one
/// labeler never exceed the cap; and one small row for each task that was submitted or skipped.
/// </summary>
public sealed class Labelers(AppTables tables, TimeProvider time)
{
    private const string ReservationsRow = "leases";
    private const string DonePrefix = "done:";
    private const string BehindDone = "done;";
    private const string Outcome = "Outcome";

    private readonly RowStore<Reservations> _rows = new(tables.Labelers, AppJson.Default.Reservations, time);

    /// <summary>Takes one of the labeler's few places before a task is leased.</summary>
    internal async Task<ReservationResult> ReserveAsync(string labeler, string taskId, LabelingRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var result = ReservationResult.Granted;
        await _rows.ChangeAsync(Partition(labeler), ReservationsRow, Reserve, cancellationToken);
        return result;

        Reservations? Reserve(Reservations? before)
        {
            Reservation[] live = [.. (before?.Held ?? []).Where(held => held.Until > now)];
            result = live.Any(held => held.TaskId == taskId) ? ReservationResult.HeldAlready
                : live.Length >= rules.MostOpenLeases ? ReservationResult.TooMany
                : ReservationResult.Granted;
            return result == ReservationResult.Granted ? new Reservations([.. live, new Reservation(taskId, now + rules.LeaseTime)]) : before;
        }
    }

    internal Task ReleaseAsync(string labeler, string taskId, CancellationToken cancellationToken) =>
        _rows.ChangeAsync(
            Partition(labeler),
            ReservationsRow,
            before => before is null || before.Held.All(held => held.TaskId != taskId) ? before : new Reservations([.. before.Held.Where(held => held.TaskId != taskId)]),
            cancellationToken);

    internal async Task<IReadOnlyList<Reservation>> HeldAsync(string labeler, DateTimeOffset now, CancellationToken cancellationToken) =>
        [.. ((await _rows.FindAsync(Partition(labeler), ReservationsRow, cancellationToken))?.Held ?? []).Where(held => held.Until > now)];

    /// <summary>Remembers that a task need not be offered to the labeler again.</summary>
    internal Task KeepDoneAsync(string labeler, string taskId, LabelingOutcome outcome, CancellationToken cancellationToken) =>
        tables.Labelers.UpsertEntityAsync(new TableEntity(Partition(labeler), DonePrefix + taskId) { [Outcome] = (int)outcome }, TableUpdateMode.Replace, cancellationToken);

    /// <summary>What the labeler has submitted or skipped, by the task's id.</summary>
    internal async Task<IReadOnlyDictionary<string, LabelingOutcome>> DoneAsync(string labeler, CancellationToken cancellationToken)
    {
        var done = new Dictionary<string, LabelingOutcome>();
        var filter = string.Create(CultureInfo.InvariantCulture, $"PartitionKey eq '{Partition(labeler)}' and RowKey ge '{DonePrefix}' and RowKey lt '{BehindDone}'");
        await foreach (var row in tables.Labelers.QueryAsync<TableEntity>(filter, select: ["RowKey", Outcome], cancellationToken: cancellationToken))
            done[row.RowKey[DonePrefix.Length..]] = (LabelingOutcome)row.GetInt32(Outcome)!.Value;
        return done;
    }

    /// <summary>Forgets everything about a labeler.</summary>
    internal async Task PurgeAsync(string labeler, CancellationToken cancellationToken)
    {
        var partition = Partition(labeler);
        await foreach (var row in tables.Labelers.QueryAsync<TableEntity>(row => row.PartitionKey == partition, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
            await tables.Labelers.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
    }

    private static string Partition(string labeler) => UserKey.Of(labeler);
}
