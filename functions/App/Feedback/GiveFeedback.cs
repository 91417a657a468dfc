using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Conversations;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.Core.Feedback;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Feedback;

/// <summary>POST /api/feedback: checks a judgement and puts it on the queue.</summary>
public sealed class GiveFeedback(
    CurrentUser user, ConversationStore conversations, ConsentStore consent, MessageSender sender, TimeProvider time, ILogger<GiveFeedback> logger)
{
    [Function(nameof(GiveFeedback))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/feedback")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var userId = user.Read(http);
            var request = await FeedbackRequestReader.ReadAsync(http, cancellationToken);
            // The time first: what the user says of their consent from here on is later, and stands.
            var at = time.GetUtcNow();
            var allowDataUse = request.AllowDataUse ?? await consent.AllowsAsync(userId, cancellationToken);
            var message = Message(request, userId, RequestHeaders.IdempotencyKey(http), allowDataUse, at);
            if (QueueContracts.Feedback.Mistakes(message).ToList() is { Count: > 0 } mistakes)
                throw ChatRequestReader.Bad("invalid_feedback", string.Join(' ', mistakes));
            var conversation = Identifier.IsWellFormed(message.ConversationId) ? await conversations.FindAsync(message.ConversationId, cancellationToken) : null;
            if (FeedbackTarget.Refusal(conversation, message) is { } refusal)
                throw new ChatRequestException(refusal.Status, refusal.Code, refusal.Message);

            // Not only by the queue: the next judgement, which may not mention it, asks what stands.
            if (request.AllowDataUse is { } said)
                await consent.SetAsync(userId, said, at, cancellationToken);
            await sender.SendAsync(QueueContracts.Feedback, message, cancellationToken);
            return Results.Json(new FeedbackReceipt(message.Id), ReadableJson.Types.FeedbackReceipt, statusCode: StatusCodes.Status202Accepted);
        }
        catch (ChatRequestException e)
        {
            logger.RequestRefused(e.Code);
            return ErrorView.Result(e.Status, e.Code, e.Message);
        }
        catch (UserIdException e)
        {
            return UnknownUser.Result(e);
        }
    }

    private FeedbackMessage Message(FeedbackRequest request, string userId, string? idempotencyKey, bool allowDataUse, DateTimeOffset at) => new()
    {
        SchemaVersion = QueueContracts.Feedback.CurrentSchema,
        Id = idempotencyKey is null ? Identifier.New() : Identifier.From($"feedback {idempotencyKey} of {userId}"),
        UserId = userId,
        ConversationId = request.ConversationId ?? "",
        TurnId = request.TurnId ?? "",
        Kind = request.Kind,
        Reasons = request.Reasons ?? [],
        Comment = request.Comment,
        PreferredDraft = request.PreferredDraft,
        OtherDraft = request.OtherDraft,
        CorrectedAnswer = request.CorrectedAnswer,
        AllowDataUse = allowDataUse,
        At = at,
    };
}
