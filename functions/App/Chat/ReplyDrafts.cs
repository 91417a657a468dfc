using ChatLoop.Core.Conversations;
using ChatLoop.Core.Datasets;

namespace ChatLoop.App.Chat;

/// <summary>Makes two answers of a turn's two drafts, where there is something to choose between.</summary>
internal static class ReplyDrafts
{
    // Of the place where a draft is shown: its id tells nothing of how it was written.
    private const string Left = "a", Right = "b";

    /// <returns>In the order in which they are shown; null where the second is missing, has not passed, or says the same.</returns>
    public static IReadOnlyList<ReplyDraft>? Of(Turn turn, TurnEnd end)
    {
        if (turn is not { Draft: { } first, Alternative: { } second } || end.Alternative is not { Flagged: false })
            return null;
        if (NearDuplicates.Similarity(first.Text, second.Text) >= NearDuplicates.DefaultThreshold)
            return null;
        var (left, right) = DraftLot.SecondIsLeft(turn.Id) ? (second, first) : (first, second);
        return [new ReplyDraft(Left, left.Text, left.FinishReason), new ReplyDraft(Right, right.Text, right.FinishReason)];
    }
}
