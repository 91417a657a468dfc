using ChatLoop.App.Chat;
using ChatLoop.App.Conversations;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Feedback;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Moderation.Review;

/// <summary>Has people look at a turn that passed, but that the policy flags. Only whose user lets their data be used is shown to anybody.</summary>
public sealed class RequestReview(
    ConversationStore conversations, ConsentStore consent, MessageSender sender, IOptions<ReviewOptions> options, TimeProvider time, ILogger<RequestReview> logger)
{
    /// <returns>Whether a task was asked for.</returns>
    [Function(nameof(RequestReview))]
    public Task<bool> RunAsync([ActivityTrigger] TurnStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        // It may have been purged since.
        var conversation = await conversations.FindAsync(step.ConversationId, cancellationToken);
        if (conversation?.FindTurn(step.TurnId) is not { Reply: { Source: ReplySource.Model } reply } turn)
            return false;
        var categories = string.Join(", ", (reply.Moderation.Question?.Review ?? []).Concat(reply.Moderation.Answer?.Review ?? []).Distinct());
        // Nobody has consented for a conversation without an owner.
        var isAsked = conversation.UserId is { } owner && await consent.AllowsAsync(owner, cancellationToken);
        if (isAsked)
        {
            // Where the answer is not what was flagged, the question is judged alone.
            var answer = reply.Moderation.Answer?.Review is null ? null : reply.Text;
            await sender.SendAsync(
                QueueContracts.LabelingTasks,
                FlagTasks.Request(FlagTasks.OfPolicy, turn.Id, turn.Question, answer, conversation.UserId, options.Value.Labelers, time.GetUtcNow()),
                cancellationToken);
        }

        logger.FlaggedForReview(turn.Id, categories, isAsked);
        return isAsked;
    });
}
