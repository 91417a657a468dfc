using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Conversations;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using ChatLoop.Core.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Streaming;

/// <summary>DELETE /api/chat/{conversationId}/turns/{turnId}: ends a running turn with what was released of it. An answered one stays as it is.</summary>
public sealed class StopTurn(ConversationStore conversations, CurrentUser user, Turns turns, TurnEvents events, TurnWait wait)
{
    [Function(nameof(StopTurn))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/chat/{conversationId}/turns/{turnId}")] HttpRequest http,
        string conversationId,
        string turnId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var conversation = Identifier.IsWellFormed(conversationId) ? await conversations.FindAsync(conversationId, cancellationToken) : null;
            if (conversation?.FindTurn(turnId) is not { } turn)
                return ReadConversation.NotFound();
            ConversationOwner.Check(conversation, user.Find(http));
            if (turn.Reply is null)
            {
                await events.StopAsync(conversationId, turnId);
                await turns.EnsureStartedAsync(client, conversation, turnId);
                if (await wait.UntilEndedAsync(client, turnId, cancellationToken))
                    conversation = await conversations.ReadAsync(conversationId, cancellationToken);
            }

            return new TurnResult(TurnViews.Of(conversation, conversation.ReadTurn(turnId)));
        }
        catch (ChatRequestException e)
        {
            return ErrorView.Result(e.Status, e.Code, e.Message);
        }
        catch (UserIdException e)
        {
            return UnknownUser.Result(e);
        }
    }
}
