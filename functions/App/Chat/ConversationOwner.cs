using ChatLoop.App.Chat.Requests;
using ChatLoop.Core.Conversations;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Chat;

/// <summary>A conversation that has an owner is carried on by nobody else; one without is open to all who know its id.</summary>
internal static class ConversationOwner
{
    /// <exception cref="ChatRequestException">The conversation is somebody else's.</exception>
    public static void Check(Conversation conversation, string? userId)
    {
        if (conversation.UserId is { } owner && owner != userId)
            throw new ChatRequestException(StatusCodes.Status403Forbidden, "not_yours", "This conversation is somebody else's; leave conversationId out to start one of your own.");
    }
}
