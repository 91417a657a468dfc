using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.App.RewardLabeling;
using ChatLoop.App.Users;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling;

/// <summary>Labeling tasks that a user's prompts became. With the prompt goes all that was said of it.</summary>
public sealed class LabelingTasksOfUser(LabelingTaskStore tasks, OpenTasks index, RewardScores scores, UserItemIndex items) : IUserData
{
    public string Kind => "labelingTasks";

    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken) => (await IdsAsync(userId, cancellationToken)).Count;

    public async Task<JsonNode?> ExportAsync(string userId, CancellationToken cancellationToken)
    {
        var all = new JsonArray();
        foreach (var id in await IdsAsync(userId, cancellationToken))
        {
            // What others said of it is theirs.
            if (await tasks.FindAsync(id, cancellationToken) is { } task)
                all.Add(JsonSerializer.SerializeToNode(task with { Leases = [], Submissions = [], Skips = [], GoldRanks = null }, LabelingJsonContext.Default.LabelingTask));
        }

        return all;
    }

    public async Task PurgeAsync(string userId, CancellationToken cancellationToken)
    {
        foreach (var id in await IdsAsync(userId, cancellationToken))
        {
            if (await tasks.FindAsync(id, cancellationToken) is { } task)
                await index.RemoveAsync(task, cancellationToken);
            await tasks.DeleteAsync(id, cancellationToken);
            await scores.PurgeAsync(id, cancellationToken);
            await items.RemoveAsync(userId, LabelingItems.Task, id, cancellationToken);
        }
    }

    private Task<IReadOnlyList<string>> IdsAsync(string userId, CancellationToken cancellationToken) => items.IdsAsync(userId, LabelingItems.Task, cancellationToken);
}
