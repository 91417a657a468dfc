using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Conversations;
using ChatLoop.App.Storage;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Moderation.Review;

/// <summary>Finds the turn that a report is about.</summary>
internal static class BlockedTurns
{
    /// <exception cref="ChatRequestException">It is not there, not the user's, or was not blocked.</exception>
    public static async Task<(Turn Turn, ModerationDirection Direction)> FindAsync(
        ConversationStore conversations, string conversationId, string turnId, string userId, CancellationToken cancellationToken)
    {
        var conversation = Identifier.IsWellFormed(conversationId) ? await conversations.FindAsync(conversationId, cancellationToken) : null;
        if (conversation?.FindTurn(turnId) is not { } turn)
            throw new ChatRequestException(StatusCodes.Status404NotFound, "not_found", "There is no such conversation or turn.");
        ConversationOwner.Check(conversation, userId);
        return turn.Reply?.Template?.Kind switch
        {
            TemplateKind.QuestionBlocked => (turn, ModerationDirection.Question),
            TemplateKind.AnswerBlocked => (turn, ModerationDirection.Answer),
            _ => throw new ChatRequestException(StatusCodes.Status409Conflict, "not_blocked", $"Moderation has not blocked turn {turnId}: only a turn with the template questionBlocked or answerBlocked can be reported."),
        };
    }
}
