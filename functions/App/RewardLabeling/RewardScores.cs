using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using ChatLoop.App.Storage;
using ChatLoop.Inference.Rewards;

namespace ChatLoop.App.RewardLabeling;

/// <summary>
/// Keeps what reward models say: a partition for each task and each conversation; a row for each model's opinion of all answers of a
/// task, or of one turn. A score that is stored again is the same: models do not change under one name.
/// </summary>
public sealed class RewardScores(AppTables tables, RewardModel model, TimeProvider time)
{
    private const string OfTask = "task";
    private const string TaskColumn = "TaskId";
    private const string Model = "Model";
    private const string Scores = "Scores";
    private const string IsLabel = "IsLabel";
    private const string Tau = "TauB";

    public async Task<IReadOnlyList<TaskScores>> OfTaskAsync(string taskId, CancellationToken cancellationToken = default)
    {
        var scores = new List<TaskScores>();
        if (!Identifier.IsWellFormed(taskId))
            return scores;
        await foreach (var row in tables.RewardScores.QueryAsync<TableEntity>(row => row.PartitionKey == taskId, cancellationToken: cancellationToken))
            scores.Add(Read(row));
        return scores;
    }

    /// <summary>The opinion of the model that serves; null where there is none.</summary>
    internal async Task<TaskScores?> OfServingModelAsync(string taskId, CancellationToken cancellationToken)
    {
        if (model.Scorer is not { } scorer)
            return null;
        var row = await tables.RewardScores.GetEntityIfExistsAsync<TableEntity>(taskId, Row(scorer.Name, OfTask), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>All tasks, all models.</summary>
    internal async IAsyncEnumerable<TaskScores> OfTasksAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.RewardScores.QueryAsync<TableEntity>($"{TaskColumn} gt ''", cancellationToken: cancellationToken))
            yield return Read(row);
    }

    internal Task KeepAsync(string taskId, string scorer, IReadOnlyList<double> scores, bool isLabel, CancellationToken cancellationToken)
    {
        var row = new TableEntity(taskId, Row(scorer, OfTask)) { [TaskColumn] = taskId, [Model] = scorer, [Scores] = Write(scores), ["ScoredAt"] = time.GetUtcNow() };
        // Once a label, always one: a later look for another purpose leaves the column as it is.
        if (isLabel)
            row[IsLabel] = true;
        return tables.RewardScores.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken);
    }

    internal Task KeepTauAsync(string taskId, string scorer, double tau, CancellationToken cancellationToken) =>
        tables.RewardScores.UpsertEntityAsync(new TableEntity(taskId, Row(scorer, OfTask)) { [Tau] = tau }, TableUpdateMode.Merge, cancellationToken);

    /// <param name="answer">The turn's id, or that of one draft of it.</param>
    internal Task KeepAnswerAsync(string conversationId, string answer, string scorer, double score, CancellationToken cancellationToken) =>
        tables.RewardScores.UpsertEntityAsync(
            new TableEntity(conversationId, Row(scorer, answer)) { [Model] = scorer, [Scores] = Write([score]), [IsLabel] = true, ["ScoredAt"] = time.GetUtcNow() }, TableUpdateMode.Merge, cancellationToken);

    /// <returns>The turn's or draft's id, the model, and its score.</returns>
    internal async Task<IReadOnlyList<(string Answer, string Model, double Score)>> OfConversationAsync(string conversationId, CancellationToken cancellationToken)
    {
        var scores = new List<(string, string, double)>();
        await foreach (var row in tables.RewardScores.QueryAsync<TableEntity>(row => row.PartitionKey == conversationId, cancellationToken: cancellationToken))
            scores.Add((row.RowKey[(row.GetString(Model).Length + 1)..], row.GetString(Model), Read(row).Scores[0]));
        return scores;
    }

    /// <param name="id">A task's or a conversation's.</param>
    internal async Task PurgeAsync(string id, CancellationToken cancellationToken)
    {
        await foreach (var row in tables.RewardScores.QueryAsync<TableEntity>(row => row.PartitionKey == id, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
            await tables.RewardScores.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
    }

    private static string Row(string scorer, string answer) => $"{scorer}:{answer}";

    private static TaskScores Read(TableEntity row) =>
        new(row.PartitionKey, row.GetString(Model), [.. row.GetString(Scores).Split(' ').Select(score => double.Parse(score, CultureInfo.InvariantCulture))], row.GetBoolean(IsLabel) ?? false, row.GetDouble(Tau));

    private static string Write(IReadOnlyList<double> scores) => string.Join(' ', scores.Select(score => score.ToString("R", CultureInfo.InvariantCulture)));
}
