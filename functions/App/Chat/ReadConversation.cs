using ChatLoop.App.Chat.Views;
using ChatLoop.App.Conversations;
using ChatLoop.App.Storage;
using ChatLoop.Core.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Chat;

/// <summary>GET of a conversation and of one of its turns.</summary>
public sealed class ReadConversation(ConversationStore conversations, Turns turns)
{
    [Function(nameof(ReadConversation))]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/chat/{conversationId}")] HttpRequest http,
        string conversationId,
        CancellationToken cancellationToken)
    {
        var conversation = await FindAsync(conversationId, cancellationToken);
        return conversation is null
            ? NotFound()
            : Results.Json(TurnViews.Of(conversation), ReadableJson.Types.ConversationView);
    }

    /// <summary>The status address of a 202. A turn that lost its orchestration is started again by asking for it.</summary>
    [Function("ReadTurn")]
    public async Task<IResult> ReadTurnAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/chat/{conversationId}/turns/{turnId}")] HttpRequest http,
        string conversationId,
        string turnId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var conversation = await FindAsync(conversationId, cancellationToken);
        if (conversation?.FindTurn(turnId) is not { } turn)
            return NotFound();
        if (turn.Reply is null)
            await turns.EnsureStartedAsync(client, conversation, turnId);
        return new TurnResult(TurnViews.Of(conversation, turn));
    }

    private async Task<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken) =>
        Identifier.IsWellFormed(conversationId) ? await conversations.FindAsync(conversationId, cancellationToken) : null;

    internal static IResult NotFound() => ErrorView.Result(StatusCodes.Status404NotFound, "not_found", "There is no such conversation or turn.");
}
