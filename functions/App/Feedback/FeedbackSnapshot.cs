using ChatLoop.Core.Chat;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Feedback;

namespace ChatLoop.App.Feedback;

/// <summary>Copies what a judgement is about.</summary>
internal static class FeedbackSnapshot
{
    public static StoredFeedback Of(FeedbackMessage message, Conversation conversation, DateTimeOffset now)
    {
        var turn = conversation.ReadTurn(message.TurnId);
        var reply = turn.Reply ?? throw new InvalidOperationException($"Turn {turn.Id} has no reply that could be judged.");
        PromptMessage[] prompt =
        [
            .. ConversationHistory.Before(conversation, turn.Id).SelectMany(exchange => new[]
            {
                new PromptMessage(ChatRole.User, exchange.Question),
                new PromptMessage(ChatRole.Assistant, exchange.Answer),
            }),
            new PromptMessage(ChatRole.User, turn.Question),
        ];
        // Not the text that stands as the answer of a turn with drafts: it changes with the choice, and judgements come in any order.
        return reply.Drafts is { } drafts
            ? new StoredFeedback(message, prompt, null, [.. drafts.Select(draft => new StoredDraft(draft.Id, draft.Text))], now)
            : new StoredFeedback(message, prompt, reply.Text, null, now);
    }
}
