using ChatLoop.App.Chat.Views;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Feedback;

/// <summary>GET /api/feedback?conversationId=…: what the caller has said, so that the page shows it after a reload.</summary>
public sealed class ReadFeedback(CurrentUser user, FeedbackStore store)
{
    [Function(nameof(ReadFeedback))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/feedback")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var userId = user.Read(http);
            var conversationId = http.Query["conversationId"].ToString();
            if (!Identifier.IsWellFormed(conversationId))
                return ErrorView.Result(StatusCodes.Status400BadRequest, "invalid_conversation_id", "Name a conversation in ?conversationId=….");
            var judgements = await store.OfConversationAsync(userId, conversationId, cancellationToken).Select(View).ToListAsync(cancellationToken);
            http.HttpContext.Response.Headers.CacheControl = "no-store";
            return Results.Json(new JudgementList(judgements), ReadableJson.Types.JudgementList);
        }
        catch (UserIdException e)
        {
            return UnknownUser.Result(e);
        }
    }

    private static JudgementView View(StoredFeedback feedback) => new(
        feedback.Message.TurnId,
        feedback.Message.Kind!.Value,
        feedback.Message.Reasons,
        feedback.Message.Comment,
        feedback.Message.PreferredDraft,
        feedback.Message.OtherDraft,
        feedback.Message.CorrectedAnswer,
        feedback.Message.At);
}
