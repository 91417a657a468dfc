using ChatLoop.App.Conversations;
using ChatLoop.App.Poison;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.App.Users.Purging;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Feedback;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Feedback;

/// <summary>
/// Stores what the queue `feedback` brings. What a message does may be done again at any step; what cannot be taken, and never
/// will be by trying again, is recorded at once.
/// </summary>
public sealed class CollectFeedback(
    ConversationStore conversations,
    FeedbackStore store,
    ConsentStore consent,
    PurgeStore purges,
    Journal journal,
    FailedMessages failed,
    FailedAttempts attempts,
    TimeProvider time,
    ILogger<CollectFeedback> logger)
{
    [Function(nameof(CollectFeedback))]
    public Task RunAsync([QueueTrigger("feedback")] BinaryData message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return attempts.WatchAsync(QueueContracts.Feedback.Queue, message, () => CollectAsync(message, cancellationToken));
    }

    private async Task CollectAsync(BinaryData body, CancellationToken cancellationToken)
    {
        var reading = QueueContracts.Feedback.Read(body);
        if (reading.Message is not { } message)
        {
            await failed.RecordAsync(QueueContracts.Feedback.Queue, body, reading.Mistakes, 1, cancellationToken);
            return;
        }

        // Nothing of what somebody said before their purge is kept, not even that it could not be.
        if (await purges.CoversAsync(message.UserId, message.At, cancellationToken))
        {
            await ForgetAsync(message, cancellationToken);
            return;
        }

        var conversation = await conversations.FindAsync(message.ConversationId, cancellationToken);
        if (FeedbackTarget.Refusal(conversation, message) is { } refusal)
        {
            await failed.RecordAsync(QueueContracts.Feedback.Queue, body, [refusal.Message], 1, cancellationToken);
            return;
        }

        await store.KeepAsync(FeedbackSnapshot.Of(message, conversation!, time.GetUtcNow()), cancellationToken);
        await consent.SetAsync(message.UserId, message.AllowDataUse, message.At, cancellationToken);
        if (message.Kind == FeedbackKind.Preference)
        {
            var choice = new DraftChoice(message.PreferredDraft!, message.Id, message.At);
            await conversations.ChangeExistingAsync(message.ConversationId, stored => stored.Choose(message.TurnId, choice), cancellationToken);
        }

        // A purge that began in between has perhaps counted already.
        if (await purges.CoversAsync(message.UserId, message.At, cancellationToken))
            await ForgetAsync(message, cancellationToken);
        logger.FeedbackCollected(message.Id, message.TurnId, $"{message.Kind}", message.AllowDataUse);
    }

    private async Task ForgetAsync(FeedbackMessage message, CancellationToken cancellationToken)
    {
        await store.ForgetAsync(message, cancellationToken);
        await journal.PurgeAsync(message.UserId, cancellationToken);
        await consent.ForgetBeforeAsync(message.UserId, message.At, cancellationToken);
        logger.FeedbackOfPurgedUser(message.Id);
    }
}
