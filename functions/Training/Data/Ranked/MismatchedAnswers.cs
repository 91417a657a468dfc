namespace ChatLoop.Training.Data.Ranked;

/// <summary>
/// Comparisons that conversations hold without anybody ranking: the answer that was given stands above answers of much the
/// same length to other questions of its set, so that neither style nor length tells which belongs.
/// </summary>
internal static class MismatchedAnswers
{
    /// <summary>Wrong answers beside each right one.</summary>
    public const int Wrong = 2;

    // How far away in the order of lengths a wrong answer is looked for.
    private const int Reach = 12;

    /// <summary>A comparison for each conversation that has others like it, set by set, in the order in which sets first come.</summary>
    public static IEnumerable<(string Set, IReadOnlyList<Comparison> Comparisons)> Make(IEnumerable<Conversation> conversations, int mostOfASet, int seed)
    {
        foreach (var set in conversations.Where(c => c.Messages.Count > 1).GroupBy(c => c.Source))
        {
            Conversation[] byLength = [.. Spread.Over([.. set], mostOfASet).OrderBy(c => c.Messages[^1].Content.Length).ThenBy(c => c.Messages[^1].Content, StringComparer.Ordinal)];
            var random = new Random(unchecked(seed * 31 + (int)StableHash.Of(set.Key)));
            yield return ($"{set.Key}, mismatched", [.. byLength.Select((c, i) => Of(c, Near(byLength, i, random), random)).OfType<Comparison>()]);
        }
    }

    private static Comparison? Of(Conversation conversation, IEnumerable<string> wrong, Random random)
    {
        var (prompt, right) = (conversation.Messages.SkipLast(1).ToArray(), conversation.Messages[^1].Content);
        RankedAnswer[] answers = [new(prompt, right, 1), .. wrong.Where(w => w != right).Distinct().Take(Wrong).Select(w => new RankedAnswer(prompt, w, 0))];
        if (answers.Length <= Wrong) return null;
        random.Shuffle(answers);
        return Comparison.ByScore($"{conversation.Source}, mismatched", prompt[^1].Content, labeler: null, answers, orderKnown: true);
    }

    private static IEnumerable<string> Near(Conversation[] byLength, int index, Random random)
    {
        int[] near = [.. Enumerable.Range(index - Reach, 2 * Reach + 1).Where(i => i != index && i >= 0 && i < byLength.Length)];
        random.Shuffle(near);
        return near.Select(i => byLength[i].Messages[^1].Content);
    }
}
