using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ChatLoop.App.Storage;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling;

/// <summary>
/// Which tasks want labelers, in the order in which they are handed out: those that people and model disagree on first, then the
/// oldest. It is a hint, cleaned by whoever meets a row that is out of date: only the task's own row decides.
/// </summary>
public sealed class OpenTasks(AppTables tables)
{
    private const char Disputed = '0';
    private const char Ordinary = '5';
    private const string Asked = "open";
    private const string Gold = "gold";

    internal Task AddAsync(LabelingTask task, CancellationToken cancellationToken) => PutAsync(task, Ordinary, cancellationToken);

    /// <summary>Puts a task before all that are not disputed.</summary>
    internal async Task PutFirstAsync(LabelingTask task, CancellationToken cancellationToken)
    {
        await PutAsync(task, Disputed, cancellationToken);
        await tables.OpenTasks.DeleteEntityAsync(Partition(task), Row(task, Ordinary), ETag.All, cancellationToken);
    }

    internal async Task RemoveAsync(LabelingTask task, CancellationToken cancellationToken)
    {
        await tables.OpenTasks.DeleteEntityAsync(Partition(task), Row(task, Ordinary), ETag.All, cancellationToken);
        await tables.OpenTasks.DeleteEntityAsync(Partition(task), Row(task, Disputed), ETag.All, cancellationToken);
    }

    internal Task RemoveAsync(OpenTask task, CancellationToken cancellationToken) =>
        tables.OpenTasks.DeleteEntityAsync(task.Partition, task.Row, ETag.All, cancellationToken);

    /// <param name="goldFirst">Whether gold tasks come before the others, or after them.</param>
    internal async IAsyncEnumerable<OpenTask> InOrderAsync(bool goldFirst, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var partition in goldFirst ? new[] { Gold, Asked } : [Asked, Gold])
        {
            await foreach (var row in tables.OpenTasks.QueryAsync<TableEntity>(row => row.PartitionKey == partition, cancellationToken: cancellationToken))
                yield return new OpenTask(row.GetString("TaskId"), row.GetString("FollowUpOf"), row.PartitionKey, row.RowKey);
        }
    }

    internal async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in tables.OpenTasks.QueryAsync<TableEntity>(select: ["RowKey"], cancellationToken: cancellationToken))
            count++;
        return count;
    }

    private async Task PutAsync(LabelingTask task, char priority, CancellationToken cancellationToken) =>
        await tables.OpenTasks.UpsertEntityAsync(new TableEntity(Partition(task), Row(task, priority)) { ["TaskId"] = task.Id, ["FollowUpOf"] = task.FollowUpOf }, TableUpdateMode.Replace, cancellationToken);

    private static string Partition(LabelingTask task) => task.GoldRanks is null ? Asked : Gold;

    private static string Row(LabelingTask task, char priority) => $"{priority}-{task.OpenedAt.UtcTicks:D19}-{task.Id}";
}
