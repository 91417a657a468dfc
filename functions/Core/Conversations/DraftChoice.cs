namespace ChatLoop.Core.Conversations;

/// <summary>Which of two drafts the user prefers, and the message that said so.</summary>
public sealed record DraftChoice(string DraftId, string MessageId, DateTimeOffset At)
{
    /// <summary>As judgements replace each other: the later one stands, in any order of delivery.</summary>
    public bool Replaces(DraftChoice? stored) =>
        stored is null || (At != stored.At ? At > stored.At : string.CompareOrdinal(MessageId, stored.MessageId) > 0);
}
