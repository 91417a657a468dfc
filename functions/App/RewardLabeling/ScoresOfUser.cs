using System.Text.Json.Nodes;
using ChatLoop.App.Labeling;
using ChatLoop.App.Users;

namespace ChatLoop.App.RewardLabeling;

/// <summary>What reward models think of the answers in a user's conversations; scores of a user's labeling tasks go with the tasks.</summary>
public sealed class ScoresOfUser(RewardScores scores, UserItemIndex items) : IUserData
{
    public string Kind => "rewardScores";

    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken) => (await IdsAsync(userId, cancellationToken)).Count;

    public async Task<JsonNode?> ExportAsync(string userId, CancellationToken cancellationToken)
    {
        var all = new JsonArray();
        foreach (var id in await IdsAsync(userId, cancellationToken))
        {
            foreach (var (answer, model, score) in await scores.OfConversationAsync(id, cancellationToken))
                all.Add(new JsonObject { ["conversationId"] = id, ["answer"] = answer, ["model"] = model, ["score"] = score });
        }

        return all;
    }

    public async Task PurgeAsync(string userId, CancellationToken cancellationToken)
    {
        foreach (var id in await IdsAsync(userId, cancellationToken))
        {
            await scores.PurgeAsync(id, cancellationToken);
            await items.RemoveAsync(userId, LabelingItems.Score, id, cancellationToken);
        }
    }

    private Task<IReadOnlyList<string>> IdsAsync(string userId, CancellationToken cancellationToken) => items.IdsAsync(userId, LabelingItems.Score, cancellationToken);
}
