using ChatLoop.Core.Moderation;

namespace ChatLoop.Core.Datasets;

/// <summary>
/// How alike two texts are: the share of word 3-grams that they have in common (Jaccard's index over shingles: Broder, "On the
/// resemblance and containment of documents", 1997). Case, punctuation and accents do not count; a text of one or two words is one shingle.
/// </summary>
public static class NearDuplicates
{
    /// <summary>From here on two drafts say the same: of twenty words, one in the middle may differ (15 of 21 shingles are shared).</summary>
    public const double DefaultThreshold = 0.7;

    private const int Words = 3;

    /// <summary>From 0, nothing in common, to 1; texts without any words are alike only when they are equal.</summary>
    public static double Similarity(string first, string second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Similarity(Shingles(first), Shingles(second));
    }

    /// <summary>The indexes of the texts to keep: each that is not like one kept before it.</summary>
    public static IReadOnlyList<int> Keep(IReadOnlyList<string> texts, double threshold = DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var kept = new List<(int Index, HashSet<string> Shingles)>();
        foreach (var (index, text) in texts.Index())
        {
            var shingles = Shingles(text);
            if (kept.All(other => Similarity(other.Shingles, shingles) < threshold)) kept.Add((index, shingles));
        }

        return [.. kept.Select(text => text.Index)];
    }

    private static double Similarity(HashSet<string> first, HashSet<string> second)
    {
        var shared = first.Count(second.Contains);
        return (double)shared / (first.Count + second.Count - shared);
    }

    private static HashSet<string> Shingles(string text)
    {
        var words = TextNormalizer.Normalize(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // Signs alone: "?" and "!" are not the same.
        if (words.Length == 0) return [text];
        if (words.Length < Words) return [string.Join(' ', words)];
        return [.. Enumerable.Range(0, words.Length - Words + 1).Select(start => string.Join(' ', words[start..(start + Words)]))];
    }
}
