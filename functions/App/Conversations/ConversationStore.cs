using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Conversations;

/// <summary>Keeps each conversation as one JSON blob. Changes are made on what is stored at that moment: the ETag says whether it still was.</summary>
public sealed class ConversationStore(BlobContainerClient container, TimeProvider time)
{
    /// <summary>Conversations among a user's items.</summary>
    internal const string ItemKind = "conversation";

    // At its worst every other writer gets in first: turns of one conversation are few.
    private const int MostAttempts = 20;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    public async Task<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken = default) =>
        (await LoadAsync(Blob(conversationId), cancellationToken)).Conversation;

    /// <exception cref="KeyNotFoundException">There is no such conversation.</exception>
    public async Task<Conversation> ReadAsync(string conversationId, CancellationToken cancellationToken = default) =>
        await FindAsync(conversationId, cancellationToken) ?? throw new KeyNotFoundException($"There is no conversation {conversationId}.");

    /// <summary>Applies a change; it may be called more than once, and sees null where nothing is stored yet.</summary>
    /// <returns>The conversation with the change.</returns>
    /// <exception cref="IOException">Other writers got in first every time.</exception>
    public async Task<Conversation> ChangeAsync(string conversationId, Func<Conversation?, Conversation> change, CancellationToken cancellationToken = default) =>
        (await TryChangeAsync(conversationId, change, cancellationToken))!;

    /// <summary>Applies a change to a conversation that is there: one that was purged does not come back.</summary>
    /// <returns>The conversation with the change; null where there is none.</returns>
    internal Task<Conversation?> ChangeExistingAsync(string conversationId, Func<Conversation, Conversation> change, CancellationToken cancellationToken = default) =>
        TryChangeAsync(conversationId, stored => stored is null ? null : change(stored), cancellationToken);

    internal Task DeleteAsync(string conversationId, CancellationToken cancellationToken) => Blob(conversationId).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    private async Task<Conversation?> TryChangeAsync(string conversationId, Func<Conversation?, Conversation?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var blob = Blob(conversationId);
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var (before, eTag) = await LoadAsync(blob, cancellationToken);
            var after = change(before);
            if (ReferenceEquals(before, after) || after is null)
                return after;
            if (await TrySaveAsync(blob, after, eTag, cancellationToken))
                return after;
            await Task.Delay(LongestPause * Random.Shared.NextDouble(), time, cancellationToken);
        }

        throw new IOException($"Conversation {conversationId} was changed by others {MostAttempts} times in a row; try again.");
    }

    private static async Task<(Conversation? Conversation, ETag? ETag)> LoadAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var content = (await blob.DownloadContentAsync(cancellationToken)).Value;
            var conversation = JsonSerializer.Deserialize(content.Content, ReadableJson.Types.Conversation);
            if (conversation is not { Format: Conversation.CurrentFormat })
                throw new NotSupportedException($"Blob {blob.Name} has format {conversation?.Format}; this version reads format {Conversation.CurrentFormat}.");
            return (conversation, content.Details.ETag);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return (null, null);
        }
    }

    private static async Task<bool> TrySaveAsync(BlobClient blob, Conversation conversation, ETag? eTag, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Conditions = eTag is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = eTag },
        };
        try
        {
            await blob.UploadAsync(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(conversation, ReadableJson.Types.Conversation)), options, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ConditionNotMet || e.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return false;
        }
    }

    private BlobClient Blob(string conversationId) => container.GetBlobClient($"conversations/{conversationId}.json");
}
