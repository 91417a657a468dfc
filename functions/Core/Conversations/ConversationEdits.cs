namespace ChatLoop.Core.Conversations;

/// <summary>The changes that a conversation goes through. All are pure and may be applied twice: the second time changes nothing.</summary>
public static class ConversationEdits
{
    public static Turn? FindTurn(this Conversation conversation, string turnId)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.Turns.FirstOrDefault(turn => turn.Id == turnId);
    }

    /// <exception cref="KeyNotFoundException">The conversation has no such turn.</exception>
    public static Turn ReadTurn(this Conversation conversation, string turnId) => conversation.Turns[conversation.IndexOf(turnId)];

    /// <summary>Gives it the name that its owner wants.</summary>
    public static Conversation Rename(this Conversation conversation, string title)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.Title == title ? conversation : conversation with { Title = title };
    }

    public static Conversation Append(this Conversation conversation, Turn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return conversation.FindTurn(turn.Id) is null ? conversation with { Turns = [.. conversation.Turns, turn] } : conversation;
    }

    /// <summary>Notes which exchanges of the prelude the model must not read.</summary>
    public static Conversation Withhold(this Conversation conversation, IReadOnlyList<int> exchanges)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.Prelude is { } prelude && !prelude.Withheld.SequenceEqual(exchanges)
            ? conversation with { Prelude = prelude with { Withheld = exchanges } }
            : conversation;
    }

    /// <summary>Keeps the first draft of a turn, and none once it has its reply.</summary>
    public static Conversation KeepDraft(this Conversation conversation, string turnId, Draft draft) =>
        Change(conversation, turnId, turn => turn.Draft is null && turn.Reply is null ? turn with { Draft = draft } : turn);

    /// <summary>Keeps the first alternative of a turn, and none once it has its reply.</summary>
    public static Conversation KeepAlternative(this Conversation conversation, string turnId, Draft draft) =>
        Change(conversation, turnId, turn => turn.Alternative is null && turn.Reply is null ? turn with { Alternative = draft } : turn);

    /// <summary>
    /// Notes which of its drafts the user prefers. It becomes the turn's answer too while no turn follows it: what the model was asked
    /// in a later turn does not change behind it.
    /// </summary>
    public static Conversation Choose(this Conversation conversation, string turnId, DraftChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var isLast = !conversation.After(turnId).Any();
        return Change(conversation, turnId, turn =>
        {
            if (turn.Reply is not { Drafts: { } drafts } reply || !choice.Replaces(reply.Choice)) return turn;
            var chosen = drafts.First(draft => draft.Id == choice.DraftId);
            return turn with { Reply = isLast ? reply with { Choice = choice, Text = chosen.Text, FinishReason = chosen.FinishReason } : reply with { Choice = choice } };
        });
    }

    /// <summary>Ends a turn. The first reply stands; the drafts go.</summary>
    public static Conversation End(this Conversation conversation, string turnId, Func<Turn, Reply> reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return Change(conversation, turnId, turn => turn.Reply is null ? turn with { Reply = reply(turn), Draft = null, Alternative = null } : turn);
    }

    private static Conversation Change(Conversation conversation, string turnId, Func<Turn, Turn> change)
    {
        var index = conversation.IndexOf(turnId);
        var before = conversation.Turns[index];
        var after = change(before);
        if (ReferenceEquals(before, after)) return conversation;

        var turns = conversation.Turns.ToArray();
        turns[index] = after;
        return conversation with { Turns = turns };
    }
}
