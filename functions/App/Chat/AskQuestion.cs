using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Conversations;
using ChatLoop.App.Streaming;
using ChatLoop.App.Users;
using ChatLoop.Core.Conversations;
using ChatLoop.Inference.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Chat;

/// <summary>POST /api/chat: accepts a question, and answers it if that does not take too long.</summary>
public sealed class AskQuestion(
    ChatRequestReader requests, CurrentUser user, Turns turns, TurnWait wait, TurnEvents events, ConversationStore conversations, ServingChatClient model, ILogger<AskQuestion> logger)
{
    [Function(nameof(AskQuestion))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/chat")] HttpRequest http,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var request = await requests.ReadAsync(http, cancellationToken);
            // Better refused here than accepted, and answered by a template minutes later.
            if (model.Load is { IsFull: true } load)
                throw ChatRequestException.Busy(load);
            // From here on a client that goes away stops nothing: half an acceptance is worth less than a whole one.
            var (conversation, turnId) = await turns.AcceptAsync(request, user.Find(http), RequestHeaders.IdempotencyKey(http), RequestHeaders.Languages(http));
            if (conversation.ReadTurn(turnId).Reply is null)
            {
                await turns.EnsureStartedAsync(client, conversation, turnId);
                if (!request.Stream && await wait.UntilEndedAsync(client, turnId, cancellationToken))
                    conversation = await conversations.ReadAnsweredAsync(conversation.Id, turnId, cancellationToken);
            }

            if (request.Stream)
                return events.Of(conversation.Id, turnId, from: 0, request.StopOnDisconnect);
            return new TurnResult(TurnViews.Of(conversation, conversation.ReadTurn(turnId)));
        }
        catch (ChatRequestException e)
        {
            logger.RequestRefused(e.Code);
            var refusal = ErrorView.Result(e.Status, e.Code, e.Message);
            return e.RetryAfter is { } pause ? new RetryLater(refusal, pause) : refusal;
        }
        catch (UserIdException e)
        {
            return UnknownUser.Result(e);
        }
    }
}
