using ChatLoop.App.Streaming;
using ChatLoop.App.Users;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Conversations;

/// <summary>Deletes a conversation with what stands beside it: the idempotency keys and streams of its turns, and its entry among its user's items.</summary>
public sealed class ConversationRemoval(ConversationStore conversations, IdempotencyKeys keys, TurnStreams streams, UserItemIndex items)
{
    /// <summary>May run again after a crash, and where there is no conversation any more. Turns that run find nothing to write into, and end.</summary>
    /// <param name="userId">Whose it is; null where it is nobody's.</param>
    internal async Task RemoveAsync(string? userId, string conversationId, CancellationToken cancellationToken)
    {
        // Keys and streams first: only the conversation knows them.
        IReadOnlyList<Turn> turns = (await conversations.FindAsync(conversationId, cancellationToken))?.Turns ?? [];
        foreach (var turn in turns)
        {
            await keys.ForgetAsync(turn.Id, cancellationToken);
            await streams.DeleteAsync(turn.Id, cancellationToken);
        }

        await conversations.DeleteAsync(conversationId, cancellationToken);
        // A turn that began to answer in between has seen the conversation, and opened its stream.
        foreach (var turn in turns.Where(turn => turn is { Stream: true, Reply: null }))
            await streams.DeleteAsync(turn.Id, cancellationToken);
        if (userId is not null)
            await items.RemoveAsync(userId, ConversationStore.ItemKind, conversationId, cancellationToken);
    }
}
