using Azure.Data.Tables;
using ChatLoop.App.Storage;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling;

/// <summary>Keeps each labeling task as one row, which changes under its ETag: simultaneous labelers never overfill it.</summary>
public sealed class LabelingTaskStore(AppTables tables, TimeProvider time)
{
    private readonly RowStore<LabelingTask> _rows = new(tables.LabelingTasks, LabelingJsonContext.Default.LabelingTask, time, Columns);

    /// <summary>The task; null where there is none, which holds for ids that are none too.</summary>
    public Task<LabelingTask?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Identifier.IsWellFormed(id) ? _rows.FindAsync(Partition(id), id, cancellationToken) : Task.FromResult<LabelingTask?>(null);
    }

    public IAsyncEnumerable<LabelingTask> AllAsync(CancellationToken cancellationToken = default) => _rows.QueryAsync(cancellationToken: cancellationToken);

    /// <summary>Stores a task, unless there is one of its id: the first one stands.</summary>
    /// <returns>The one that is stored.</returns>
    internal async Task<LabelingTask> AddAsync(LabelingTask task, CancellationToken cancellationToken) =>
        (await _rows.ChangeAsync(Partition(task.Id), task.Id, stored => stored ?? task, cancellationToken))!;

    /// <summary>Applies a move to the task as it then is; it may be called more than once.</summary>
    /// <returns>Null where there is no such task.</returns>
    internal async Task<TaskDecision?> MoveAsync(string id, Func<LabelingTask, TaskDecision> move, CancellationToken cancellationToken)
    {
        if (!Identifier.IsWellFormed(id))
            return null;
        TaskDecision? decision = null;
        await _rows.ChangeAsync(Partition(id), id, stored => (decision = stored is null ? null : move(stored))?.Task, cancellationToken);
        return decision;
    }

    internal Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => _rows.DeleteAsync(Partition(id), id, cancellationToken);

    private static string Partition(string id) => id[..2];

    private static void Columns(LabelingTask task, TableEntity row)
    {
        row["State"] = task.Submissions.Count >= task.Labelers ? "closed" : "open";
        row["Kind"] = $"{task.Kind}".ToLowerInvariant();
        row["OpenedAt"] = task.OpenedAt;
        row["Submissions"] = task.Submissions.Count;
        if (task.Submissions.Count > 0)
            row["LastSubmittedAt"] = task.Submissions.Max(submission => submission.SubmittedAt);
    }
}
