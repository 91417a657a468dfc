using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using ChatLoop.App.Labeling;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Moderation.Review;

/// <summary>The reports of blocked turns: one row per user and turn. What came of one is in its labeling task.</summary>
public sealed class ReportStore(AppTables tables, LabelingTaskStore tasks, TimeProvider time) : IUserData
{
    private readonly RowStore<StoredReport> _rows = new(tables.ModerationReports, ReadableJson.Types.StoredReport, time);

    public string Kind => "moderationReports";

    /// <returns>The report that stands: the first one.</returns>
    internal async Task<StoredReport> KeepAsync(StoredReport report, CancellationToken cancellationToken) =>
        (await _rows.ChangeAsync(UserKey.Of(report.UserId), report.TurnId, stored => stored ?? report, cancellationToken))!;

    internal Task<StoredReport?> FindAsync(string userId, string turnId, CancellationToken cancellationToken) => _rows.FindAsync(UserKey.Of(userId), turnId, cancellationToken);

    /// <summary>Everybody's.</summary>
    internal IAsyncEnumerable<StoredReport> AllAsync(CancellationToken cancellationToken) => _rows.QueryAsync(null, cancellationToken);

    internal async Task<ReportView> ShowAsync(StoredReport report, CancellationToken cancellationToken) => new(
        report.ConversationId, report.TurnId, report.TaskId, report.Direction, report.Categories, report.Comment, report.At, Outcome(await tasks.FindAsync(report.TaskId, cancellationToken)));

    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken) => await OfUserAsync(userId, cancellationToken).CountAsync(cancellationToken);

    public async Task<JsonNode?> ExportAsync(string userId, CancellationToken cancellationToken)
    {
        var all = await OfUserAsync(userId, cancellationToken).ToListAsync(cancellationToken);
        return new JsonArray([.. all.Select(report => JsonSerializer.SerializeToNode(report, ReadableJson.Types.StoredReport))]);
    }

    /// <summary>The labeling tasks go with the user's others.</summary>
    public async Task PurgeAsync(string userId, CancellationToken cancellationToken)
    {
        await foreach (var report in OfUserAsync(userId, cancellationToken))
            await _rows.DeleteAsync(UserKey.Of(userId), report.TurnId, cancellationToken);
    }

    private static ReportOutcome Outcome(LabelingTask? task)
    {
        if (task is null || task.Submissions.Count < task.Labelers)
            return ReportOutcome.Waiting;
        return task.Submissions.Count(submission => submission.Categories is []) * 2 > task.Submissions.Count ? ReportOutcome.Harmless : ReportOutcome.Harmful;
    }

    private IAsyncEnumerable<StoredReport> OfUserAsync(string userId, CancellationToken cancellationToken) =>
        _rows.QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {UserKey.Of(userId)}"), cancellationToken);
}
