using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.App.Users;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Conversations;

/// <summary>A user's conversations, with the idempotency keys of their turns.</summary>
public sealed class ConversationsOfUser(ConversationStore conversations, ConversationRemoval removal, UserItemIndex items) : IUserData
{
    public string Kind => "conversations";

    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken) => (await IdsAsync(userId, cancellationToken)).Count;

    public async Task<JsonNode?> ExportAsync(string userId, CancellationToken cancellationToken)
    {
        var all = new JsonArray();
        foreach (var id in await IdsAsync(userId, cancellationToken))
            if (await conversations.FindAsync(id, cancellationToken) is { } conversation)
                all.Add(JsonSerializer.SerializeToNode(conversation with { Turns = [.. conversation.Turns.Select(Passed)] }, ReadableJson.Types.Conversation));
        return all;
    }

    /// <summary>Turns that run find nothing to write into, and end.</summary>
    public async Task PurgeAsync(string userId, CancellationToken cancellationToken)
    {
        foreach (var id in await IdsAsync(userId, cancellationToken))
            await removal.RemoveAsync(userId, id, cancellationToken);
    }

    /// <summary>What moderation has not let through is the model's word, not the user's, and is not handed out by this door either.</summary>
    private static Turn Passed(Turn turn) => turn with { Draft = null, Alternative = null, Withheld = null };

    private Task<IReadOnlyList<string>> IdsAsync(string userId, CancellationToken cancellationToken) => items.IdsAsync(userId, ConversationStore.ItemKind, cancellationToken);
}
