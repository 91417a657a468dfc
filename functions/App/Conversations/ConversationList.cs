using Azure.Data.Tables;
using ChatLoop.App.Users;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Conversations;

/// <summary>
/// A user's conversations by title, without opening them: their entries among the user's items bear what a list shows. The conversation
/// is what counts; an entry that bears nothing, from before there were lists or after a crash, is completed from it.
/// </summary>
public sealed class ConversationList(UserItemIndex items, ConversationStore conversations)
{
    private const string Title = "Title", CreatedAt = "CreatedAt", Listed = "Listed";
    private const int OpenedAtOnce = 8;

    /// <summary>Says whose a conversation will be.</summary>
    internal Task ReserveAsync(string userId, string conversationId, CancellationToken cancellationToken) =>
        items.AddAsync(userId, ConversationStore.ItemKind, conversationId, cancellationToken);

    internal Task AddAsync(string userId, Conversation conversation, CancellationToken cancellationToken) =>
        items.AddAsync(userId, ConversationStore.ItemKind, conversation.Id, Columns(conversation), cancellationToken);

    /// <summary>Shows the conversation as it is now; one that was deleted does not come back.</summary>
    internal Task UpdateAsync(string userId, Conversation conversation, CancellationToken cancellationToken) =>
        items.UpdateAsync(userId, ConversationStore.ItemKind, conversation.Id, Columns(conversation), cancellationToken);

    /// <summary>All of them, newest first.</summary>
    internal async Task<IReadOnlyList<ListedConversation>> ReadAsync(string userId, CancellationToken cancellationToken)
    {
        var entries = await items.ListAsync(userId, ConversationStore.ItemKind, cancellationToken).ToListAsync(cancellationToken);
        var listed = entries.Where(entry => entry.Columns.GetBoolean(Listed) == true).Select(entry => Read(entry.Id, entry.Columns)).ToList();
        foreach (var some in entries.Where(entry => entry.Columns.GetBoolean(Listed) is null).Chunk(OpenedAtOnce))
            listed.AddRange((await Task.WhenAll(some.Select(entry => CompleteAsync(userId, entry.Id, cancellationToken)))).OfType<ListedConversation>());
        return [.. listed.OrderByDescending(conversation => conversation.CreatedAt).ThenByDescending(conversation => conversation.ConversationId, StringComparer.Ordinal)];
    }

    /// <returns>Null where it is not to be listed, or not there.</returns>
    private async Task<ListedConversation?> CompleteAsync(string userId, string conversationId, CancellationToken cancellationToken)
    {
        // One that is just being accepted, or deleted.
        if (await conversations.FindAsync(conversationId, cancellationToken) is not { } conversation)
            return null;
        await UpdateAsync(userId, conversation, cancellationToken);
        return IsListed(conversation) ? new ListedConversation(conversation.Id, ConversationTitle.Of(conversation), conversation.CreatedAt) : null;
    }

    // A client of OpenAI's contract keeps its history itself: each of its questions begins a conversation, and none goes on.
    private static bool IsListed(Conversation conversation) => conversation.Prelude is null;

    private static Dictionary<string, object> Columns(Conversation conversation) => new()
    {
        [Title] = ConversationTitle.Of(conversation),
        [CreatedAt] = conversation.CreatedAt,
        [Listed] = IsListed(conversation),
    };

    private static ListedConversation Read(string id, TableEntity columns) => new(id, columns.GetString(Title), columns.GetDateTimeOffset(CreatedAt)!.Value);
}
