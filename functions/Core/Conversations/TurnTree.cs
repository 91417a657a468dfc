namespace ChatLoop.Core.Conversations;

/// <summary>
/// Which turn follows which. An answer that was asked for again and a question that was edited are further turns after the same turn:
/// branches, of which the model reads only the one that leads to the turn it answers.
/// </summary>
public static class TurnTree
{
    /// <summary>The turn that this one follows; null where it begins the conversation.</summary>
    /// <exception cref="KeyNotFoundException">The conversation has no such turn.</exception>
    public static Turn? FindParent(this Conversation conversation, string turnId) => ParentOf(conversation, conversation.IndexOf(turnId)) is >= 0 and var parent ? conversation.Turns[parent] : null;

    /// <summary>The turns on the way to this one, the first one first, without it.</summary>
    /// <exception cref="KeyNotFoundException">The conversation has no such turn.</exception>
    public static IReadOnlyList<Turn> Before(this Conversation conversation, string turnId)
    {
        var way = new List<Turn>();
        for (var at = ParentOf(conversation, conversation.IndexOf(turnId)); at >= 0; at = ParentOf(conversation, at))
            way.Add(conversation.Turns[at]);
        way.Reverse();
        return way;
    }

    /// <summary>The turn that this one follows when it has no reply yet: the one that must end first.</summary>
    public static Turn? FindUnansweredBefore(this Conversation conversation, string turnId) => conversation.FindParent(turnId) is { Reply: null } parent ? parent : null;

    /// <summary>The turns that follow this one.</summary>
    public static IEnumerable<Turn> After(this Conversation conversation, string turnId)
    {
        var index = conversation.IndexOf(turnId);
        for (var at = index + 1; at < conversation.Turns.Count; at++)
            if (ParentOf(conversation, at) == index)
                yield return conversation.Turns[at];
    }

    internal static int IndexOf(this Conversation conversation, string turnId)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        for (var i = 0; i < conversation.Turns.Count; i++)
            if (conversation.Turns[i].Id == turnId)
                return i;
        throw new KeyNotFoundException($"Conversation {conversation.Id} has no turn {turnId}.");
    }

    private static int ParentOf(Conversation conversation, int index) => conversation.Turns[index].Parent switch
    {
        null => index - 1,
        Turn.Root => -1,
        var parent => conversation.IndexOf(parent),
    };
}
