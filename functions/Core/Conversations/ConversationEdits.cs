using ChatLoop.Core.Templates;

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

    /// <summary>Takes sentences out of the question, which nobody has answered yet.</summary>
    public static Conversation MaskQuestion(this Conversation conversation, string turnId, string masked) =>
        Change(conversation, turnId, turn => turn.Reply is null && turn.Question != masked ? turn with { Question = masked } : turn);

    /// <summary>Takes sentences out of a draft, as long as it is the one that was judged.</summary>
    public static Conversation MaskDrafts(this Conversation conversation, string turnId, string text, string masked) => text == masked ? conversation : Change(conversation, turnId, turn =>
        turn.Draft?.Text == text ? turn with { Draft = turn.Draft with { Text = masked } }
        : turn.Alternative?.Text == text ? turn with { Alternative = turn.Alternative with { Text = masked } }
        : turn);

    /// <summary>Keeps what moderation held back while it was written.</summary>
    public static Conversation KeepWithheld(this Conversation conversation, string turnId, string text) =>
        Change(conversation, turnId, turn => turn.Withheld is null && turn.Reply is null ? turn with { Withheld = text } : turn);

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

    /// <summary>Ends a turn. The first reply stands; the drafts go, but for an answer that moderation held back.</summary>
    public static Conversation End(this Conversation conversation, string turnId, Func<Turn, Reply> reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return Change(conversation, turnId, turn =>
        {
            if (turn.Reply is not null) return turn;
            var ending = reply(turn);
            var withheld = ending.Template?.Kind == TemplateKind.AnswerBlocked ? turn.Withheld ?? turn.Draft?.Text : null;
            return turn with { Reply = ending, Draft = null, Alternative = null, Withheld = withheld };
        });
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
