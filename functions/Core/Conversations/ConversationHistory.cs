namespace ChatLoop.Core.Conversations;

/// <summary>What the model may know of a conversation when it answers a turn.</summary>
public static class ConversationHistory
{
    /// <summary>
    /// What of the prelude has passed, and the turns on the way to this one that the model itself answered, in order; not those that were stopped before a word, and none of
    /// other branches. Turns that a template ended are left out on both sides: a blocked question must not steer a later answer, and the model must not learn to speak
    /// like a template.
    /// </summary>
    public static IReadOnlyList<Exchange> Before(Conversation conversation, string turnId)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return
        [
            .. conversation.Prelude?.Passed() ?? [],
            .. conversation.Before(turnId)
                .Where(turn => turn.Reply is { Source: ReplySource.Model, Text.Length: > 0 })
                .Select(turn => new Exchange(turn.Question, turn.Reply!.Text)),
        ];
    }
}
