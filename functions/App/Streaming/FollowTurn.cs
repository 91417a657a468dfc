using System.Globalization;
using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Conversations;
using ChatLoop.App.Storage;
using ChatLoop.Core.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Streaming;

/// <summary>GET /api/chat/{conversationId}/turns/{turnId}/stream: a turn's events, from the start or from where the client got to.</summary>
public sealed class FollowTurn(ConversationStore conversations, Turns turns, TurnEvents events)
{
    private const string LastEventId = "Last-Event-ID";

    [Function(nameof(FollowTurn))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/chat/{conversationId}/turns/{turnId}/stream")] HttpRequest http,
        string conversationId,
        string turnId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        var conversation = Identifier.IsWellFormed(conversationId) ? await conversations.FindAsync(conversationId, cancellationToken) : null;
        if (conversation?.FindTurn(turnId) is not { } turn)
            return ReadConversation.NotFound();
        // A browser that connects again repeats its address and says in the header how far it got.
        var said = http.Headers[LastEventId].ToString() is { Length: > 0 } last ? last : http.Query["from"].ToString();
        if (!long.TryParse(said.Length == 0 ? "0" : said, NumberStyles.None, CultureInfo.InvariantCulture, out var from))
            return ErrorView.Result(StatusCodes.Status400BadRequest, "invalid_position", $"{LastEventId} (or from) must be the id of an event of this turn; leave it out to read from the start.");
        if (turn.Reply is null)
            await turns.EnsureStartedAsync(client, conversation, turnId);
        return events.Of(conversationId, turnId, from, stopOnDisconnect: false);
    }
}
