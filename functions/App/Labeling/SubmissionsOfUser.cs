using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling;

/// <summary>What a user said as a labeler. Purged, votes stay as votes of an id that leads to nobody; what they wrote goes.</summary>
public sealed class SubmissionsOfUser(LabelingTaskStore tasks, Labelers labelers, UserItemIndex items) : IUserData
{
    /// <summary>What the ids of purged labelers begin with.</summary>
    internal const string ErasedPrefix = "erased-";

    public string Kind => "submissions";

    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken) => (await IdsAsync(userId, cancellationToken)).Count;

    public async Task<JsonNode?> ExportAsync(string userId, CancellationToken cancellationToken)
    {
        var all = new JsonArray();
        foreach (var id in await IdsAsync(userId, cancellationToken))
        {
            var task = await tasks.FindAsync(id, cancellationToken);
            foreach (var submission in (task?.Submissions ?? []).Where(submission => submission.Labeler == userId))
                all.Add(new JsonObject { ["taskId"] = id, ["submission"] = JsonSerializer.SerializeToNode(submission, LabelingJsonContext.Default.Submission) });
            foreach (var skip in (task?.Skips ?? []).Where(skip => skip.Labeler == userId))
                all.Add(new JsonObject { ["taskId"] = id, ["skip"] = JsonSerializer.SerializeToNode(skip, AppJson.Default.Skip) });
        }

        return all;
    }

    public async Task PurgeAsync(string userId, CancellationToken cancellationToken)
    {
        // One for all their votes, so that agreement can still be told; nothing leads from it to them.
        var erased = ErasedPrefix + Identifier.New();
        foreach (var id in await IdsAsync(userId, cancellationToken))
        {
            await tasks.MoveAsync(id, task => new TaskDecision(Erase(task, userId, erased)), cancellationToken);
            await items.RemoveAsync(userId, LabelingItems.Submission, id, cancellationToken);
        }

        await labelers.PurgeAsync(userId, cancellationToken);
    }

    private static LabelingTask Erase(LabelingTask task, string userId, string erased) => task with
    {
        Leases = [.. task.Leases.Where(lease => lease.Labeler != userId)],
        Submissions = [.. task.Submissions.Select(submission => submission.Labeler == userId
            ? submission with { Id = Identifier.New(), Labeler = erased, Text = null, Comment = null }
            : submission)],
        Skips = [.. task.Skips.Select(skip => skip.Labeler == userId ? skip with { Labeler = erased, Comment = null } : skip)],
    };

    private Task<IReadOnlyList<string>> IdsAsync(string userId, CancellationToken cancellationToken) => items.IdsAsync(userId, LabelingItems.Submission, cancellationToken);
}
