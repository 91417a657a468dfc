using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.App.Users;

namespace ChatLoop.App.Poison;

/// <summary>What a user sent and the loop could not take.</summary>
public sealed class FailedMessagesOfUser(FailedMessages failed, UserItemIndex items) : IUserData
{
    public string Kind => "failedMessages";

    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken) => (await IdsAsync(userId, cancellationToken)).Count;

    public async Task<JsonNode?> ExportAsync(string userId, CancellationToken cancellationToken)
    {
        var messages = new JsonArray();
        foreach (var id in await IdsAsync(userId, cancellationToken))
            if (await failed.FindAsync(id, cancellationToken) is { } message)
                messages.Add(JsonSerializer.SerializeToNode(FailedMessageViews.Of(message, await failed.BodyAsync(message, cancellationToken)), ReadableJson.Types.FailedMessageView));
        return messages;
    }

    public async Task PurgeAsync(string userId, CancellationToken cancellationToken)
    {
        foreach (var id in await IdsAsync(userId, cancellationToken))
        {
            await failed.DeleteAsync(id, cancellationToken);
            await items.RemoveAsync(userId, FailedMessages.ItemKind, id, cancellationToken);
        }
    }

    private Task<IReadOnlyList<string>> IdsAsync(string userId, CancellationToken cancellationToken) => items.IdsAsync(userId, FailedMessages.ItemKind, cancellationToken);
}
