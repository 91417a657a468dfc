using Azure.Data.Tables;
using ChatLoop.App.Storage;

namespace ChatLoop.App.Improvement;

/// <summary>Stores improvements, a row each, and which of them is the one that runs.</summary>
public sealed class ImprovementRuns(AppTables tables, TimeProvider time)
{
    private const string RunPartition = "run";
    private const string ActivePartition = "active";

    private readonly RowStore<ImprovementRun> runs = new(tables.ImprovementRuns, ReadableJson.Types.ImprovementRun, time, (run, row) => row["Status"] = $"{run.Status}");
    private readonly RowStore<ActiveRun> active = new(tables.ImprovementRuns, ReadableJson.Types.ActiveRun, time);

    internal Task<ImprovementRun?> FindAsync(string runId, CancellationToken cancellationToken) =>
        Identifier.IsWellFormed(runId) ? runs.FindAsync(RunPartition, runId, cancellationToken) : Task.FromResult<ImprovementRun?>(null);

    internal async Task<ImprovementRun> ReadAsync(string runId, CancellationToken cancellationToken) =>
        await FindAsync(runId, cancellationToken) ?? throw new InvalidOperationException($"There is no improvement {runId}.");

    /// <summary>Stores a new run; one that is there stays as it is.</summary>
    internal async Task<ImprovementRun> AddAsync(ImprovementRun run, CancellationToken cancellationToken) =>
        (await runs.ChangeAsync(RunPartition, run.RunId, stored => stored ?? run, cancellationToken))!;

    internal async Task<ImprovementRun> ChangeAsync(string runId, Func<ImprovementRun, ImprovementRun> change, CancellationToken cancellationToken) =>
        await runs.ChangeAsync(RunPartition, runId, stored => stored is null ? null : change(stored), cancellationToken)
        ?? throw new InvalidOperationException($"There is no improvement {runId}.");

    /// <returns>The newest first.</returns>
    internal async Task<IReadOnlyList<ImprovementRun>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<ImprovementRun>();
        await foreach (var run in runs.QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {RunPartition}"), cancellationToken))
            found.Add(run);
        return [.. found.OrderByDescending(run => run.StartedAt)];
    }

    /// <summary>The run that was started last; null where none ever was.</summary>
    internal async Task<string?> FindActiveAsync(CancellationToken cancellationToken) => (await active.FindAsync(ActivePartition, ActivePartition, cancellationToken))?.RunId;

    /// <summary>Lets a run take the place of the one before it.</summary>
    /// <returns>The run that has the place: another one, where somebody else was faster.</returns>
    internal async Task<string> ClaimAsync(string runId, string? before, CancellationToken cancellationToken) =>
        (await active.ChangeAsync(ActivePartition, ActivePartition, stored => stored?.RunId == before ? new ActiveRun(runId) : stored, cancellationToken))!.RunId;
}
