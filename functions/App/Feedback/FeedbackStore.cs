using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.Core.Feedback;

namespace ChatLoop.App.Feedback;

/// <summary>The judgements that stand: one row per user, turn and kind.</summary>
public sealed class FeedbackStore(AppTables tables, Journal journal, TimeProvider time) : IUserData
{
    /// <summary>What the journal calls them.</summary>
    internal const string JournalKind = "feedback";

    private readonly RowStore<StoredFeedback> _rows = new(tables.Judgements, ReadableJson.Types.StoredFeedback, time, (stored, entity) =>
    {
        entity["Kind"] = $"{stored.Message.Kind}";
        entity["At"] = stored.Message.At;
        entity["AllowDataUse"] = stored.Message.AllowDataUse;
    });

    public string Kind => "judgements";

    /// <summary>Keeps a judgement, unless a later one stands. Any number of times and in any order, the same rows are left.</summary>
    internal async Task KeepAsync(StoredFeedback feedback, CancellationToken cancellationToken)
    {
        var message = feedback.Message;
        var (partition, row) = (UserKey.Of(message.UserId), QueueContracts.Feedback.Key(message));
        if (await _rows.FindAsync(partition, row, cancellationToken) is { } known && known.Message.Id == message.Id && known.Message.At == message.At)
            return;
        // Before the row: a row says that its line is in the journal.
        await journal.AppendAsync(message.UserId, JournalKind, message, FeedbackJsonContext.Default.FeedbackMessage, cancellationToken);
        await _rows.ChangeAsync(partition, row, stored => stored is null || message.Replaces(stored.Message) ? feedback : stored, cancellationToken);
    }

    /// <summary>What a user says of a conversation.</summary>
    internal IAsyncEnumerable<StoredFeedback> OfConversationAsync(string userId, string conversationId, CancellationToken cancellationToken) =>
        OfUserAsync(userId, cancellationToken).Where(feedback => feedback.Message.ConversationId == conversationId);

    /// <summary>Everybody's.</summary>
    internal IAsyncEnumerable<StoredFeedback> AllAsync(CancellationToken cancellationToken) => _rows.QueryAsync(null, cancellationToken);

    internal Task ForgetAsync(FeedbackMessage message, CancellationToken cancellationToken) =>
        _rows.DeleteAsync(UserKey.Of(message.UserId), QueueContracts.Feedback.Key(message), cancellationToken);

    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken) => await OfUserAsync(userId, cancellationToken).CountAsync(cancellationToken);

    public async Task<JsonNode?> ExportAsync(string userId, CancellationToken cancellationToken)
    {
        var all = await OfUserAsync(userId, cancellationToken).ToListAsync(cancellationToken);
        return new JsonArray([.. all.Select(feedback => JsonSerializer.SerializeToNode(feedback, ReadableJson.Types.StoredFeedback))]);
    }

    public async Task PurgeAsync(string userId, CancellationToken cancellationToken)
    {
        await foreach (var feedback in OfUserAsync(userId, cancellationToken))
            await ForgetAsync(feedback.Message, cancellationToken);
    }

    private IAsyncEnumerable<StoredFeedback> OfUserAsync(string userId, CancellationToken cancellationToken) =>
        _rows.QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {UserKey.Of(userId)}"), cancellationToken);
}
