using ChatLoop.Core.Conversations;
using ChatLoop.Core.Feedback;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Feedback;

/// <summary>Whether what is judged exists, and is the judge's own.</summary>
internal static class FeedbackTarget
{
    /// <returns>Why the judgement cannot be taken; null when it can.</returns>
    public static FeedbackRefusal? Refusal(Conversation? conversation, FeedbackMessage message)
    {
        if (conversation is null)
            return new FeedbackRefusal(StatusCodes.Status404NotFound, "conversation_not_found", $"There is no conversation {message.ConversationId} (any more).");
        if (conversation.UserId != message.UserId)
            return new FeedbackRefusal(StatusCodes.Status403Forbidden, "not_yours", $"Conversation {conversation.Id} is not of the user who judges it; answers are judged by who asked for them.");
        if (conversation.FindTurn(message.TurnId) is not { } turn)
            return new FeedbackRefusal(StatusCodes.Status404NotFound, "turn_not_found", $"Conversation {conversation.Id} has no turn {message.TurnId}.");
        if (turn.Reply is not { } reply)
            return new FeedbackRefusal(StatusCodes.Status409Conflict, "turn_not_answered", $"Turn {turn.Id} has no answer yet.");
        if (message.Kind != FeedbackKind.Preference)
            return null;
        string?[] named = [message.PreferredDraft, message.OtherDraft];
        return named.FirstOrDefault(id => reply.Drafts?.Any(draft => draft.Id == id) != true) is { } unknown
            ? new FeedbackRefusal(StatusCodes.Status404NotFound, "draft_not_found", $"Turn {turn.Id} has no draft {unknown}.")
            : null;
    }
}
