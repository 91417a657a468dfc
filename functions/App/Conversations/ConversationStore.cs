using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Conversations;

/// <summary>Keeps each conversation as one JSON blob. Changes are made on what is stored at that moment: the ETag says whether it still was.</summary>
public sealed class ConversationStore(BlobContainerClient container, RecentConversations recent, TimeProvider time)
{
    /// <summary>Conversations among a user's items.</summary>
    internal const string ItemKind = "conversation";

    // At its worst every other writer gets in first: turns of one conversation are few.
    private const int MostAttempts = 20;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    public Task<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken = default) => LoadAsync(Blob(conversationId), cancellationToken);

    /// <exception cref="KeyNotFoundException">There is no such conversation.</exception>
    public async Task<Conversation> ReadAsync(string conversationId, CancellationToken cancellationToken = default) =>
        await FindAsync(conversationId, cancellationToken) ?? throw new KeyNotFoundException($"There is no conversation {conversationId}.");

    /// <param name="version">A version that will do: where this instance has written it itself, the storage is not asked.</param>
    /// <exception cref="KeyNotFoundException">There is no such conversation.</exception>
    internal async Task<Conversation> ReadAsync(string conversationId, string? version, CancellationToken cancellationToken) =>
        recent.Find(conversationId, version) ?? await ReadAsync(conversationId, cancellationToken);

    /// <summary>A conversation in which this turn has its reply, if it has one: what was answered does not change any more.</summary>
    /// <exception cref="KeyNotFoundException">There is no such conversation.</exception>
    internal Task<Conversation> ReadAnsweredAsync(string conversationId, string turnId, CancellationToken cancellationToken) =>
        ReadAsync(conversationId, recent.Find(conversationId) is { } found && found.FindTurn(turnId)?.Reply is not null ? found.Version : null, cancellationToken);

    /// <summary>Applies a change; it may be called more than once, and sees null where nothing is stored yet.</summary>
    /// <returns>The conversation with the change.</returns>
    /// <exception cref="IOException">Other writers got in first every time.</exception>
    public async Task<Conversation> ChangeAsync(string conversationId, Func<Conversation?, Conversation> change, CancellationToken cancellationToken = default) =>
        (await TryChangeAsync(conversationId, change, await FindAsync(conversationId, cancellationToken), cancellationToken))!;

    /// <summary>The same, tried first on what the caller has read, or, for null, on nothing: only where that is not what is stored is it read again.</summary>
    internal async Task<Conversation> ChangeFromAsync(string conversationId, Conversation? read, Func<Conversation?, Conversation> change, CancellationToken cancellationToken) =>
        (await TryChangeAsync(conversationId, change, read, cancellationToken))!;

    /// <summary>Applies a change to a conversation that is there: one that was purged does not come back.</summary>
    /// <returns>The conversation with the change; null where there is none.</returns>
    internal Task<Conversation?> ChangeExistingAsync(string conversationId, Func<Conversation, Conversation> change, CancellationToken cancellationToken = default) =>
        ChangeExistingAsync(conversationId, change, version: null, cancellationToken);

    /// <param name="version">The version to try the change on first; null for what is stored.</param>
    internal async Task<Conversation?> ChangeExistingAsync(string conversationId, Func<Conversation, Conversation> change, string? version, CancellationToken cancellationToken) =>
        await TryChangeAsync(
            conversationId,
            stored => stored is null ? null : change(stored),
            recent.Find(conversationId, version) ?? await FindAsync(conversationId, cancellationToken),
            cancellationToken);

    internal Task DeleteAsync(string conversationId, CancellationToken cancellationToken)
    {
        recent.Forget(conversationId);
        return Blob(conversationId).DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    private async Task<Conversation?> TryChangeAsync(
        string conversationId, Func<Conversation?, Conversation?> change, Conversation? before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var blob = Blob(conversationId);
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var after = change(before);
            if (ReferenceEquals(before, after) || after is null)
                return after;
            if (await TrySaveAsync(blob, after, before?.Version, cancellationToken) is { } saved)
                return saved;
            // The first time, it may only have been tried on what was known here.
            if (attempt > 1)
                await Task.Delay(LongestPause * Random.Shared.NextDouble(), time, cancellationToken);
            before = await FindAsync(conversationId, cancellationToken);
        }

        throw new IOException($"Conversation {conversationId} was changed by others {MostAttempts} times in a row; try again.");
    }

    private static async Task<Conversation?> LoadAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var content = (await blob.DownloadContentAsync(cancellationToken)).Value;
            var conversation = JsonSerializer.Deserialize(content.Content, ReadableJson.Types.Conversation);
            if (conversation is not { Format: Conversation.CurrentFormat })
                throw new NotSupportedException($"Blob {blob.Name} has format {conversation?.Format}; this version reads format {Conversation.CurrentFormat}.");
            return conversation with { Version = content.Details.ETag.ToString() };
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <returns>What is stored now; null where something else was.</returns>
    private async Task<Conversation?> TrySaveAsync(BlobClient blob, Conversation conversation, string? version, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Conditions = version is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(version) },
        };
        try
        {
            var content = JsonSerializer.SerializeToUtf8Bytes(conversation, ReadableJson.Types.Conversation);
            var saved = conversation with { Version = (await blob.UploadAsync(new BinaryData(content), options, cancellationToken)).Value.ETag.ToString() };
            recent.Keep(saved, content.Length);
            return saved;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ConditionNotMet || e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    private BlobClient Blob(string conversationId) => container.GetBlobClient($"conversations/{conversationId}.json");
}
