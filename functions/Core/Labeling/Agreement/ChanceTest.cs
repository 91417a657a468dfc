namespace ChatLoop.Core.Labeling.Agreement;

/// <summary>
/// Whether rankings agree with others better than chance would: the sum of Kendall's S over all tasks against what it would be, had
/// the labeler shuffled each ranking (its ties kept). Exact up to ten tasks; beyond, the normal approximation with Kendall's
/// variance for ties and his correction for continuity (S goes in steps of 2: Kendall 1970, chapter 4).
/// </summary>
public static class ChanceTest
{
    /// <summary>The most tasks that are computed exactly.</summary>
    public const int MostExact = 10;

    /// <summary>The probability that chance alone agrees at least so well; near 1 for rankings that are upside down.</summary>
    /// <param name="rankings">The labeler's ranking of each task, and the one that it is held against.</param>
    public static double PValue(IReadOnlyList<(Ranking Labeler, Ranking Other)> rankings)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        return rankings.Count <= MostExact ? Exact(rankings) : Normal(rankings);
    }

    internal static double Normal(IReadOnlyList<(Ranking Labeler, Ranking Other)> rankings)
    {
        KendallTau[] taus = [.. rankings.Select(pair => KendallTau.Of(pair.Labeler, pair.Other))];
        var (score, variance) = (taus.Sum(tau => tau.Score), taus.Sum(tau => tau.Variance));
        return variance > 0 ? UpperTail((score - 1) / Math.Sqrt(variance)) : 1;
    }

    internal static double Exact(IReadOnlyList<(Ranking Labeler, Ranking Other)> rankings)
    {
        var known = new Dictionary<string, Dictionary<int, double>>();
        var sums = new Dictionary<int, double> { [0] = 1 };
        var score = 0;
        foreach (var (labeler, other) in rankings)
        {
            score += KendallTau.Of(labeler, other).Score;
            // The distribution depends only on the sizes of the tied groups, not on which answer is where.
            int[] first = [.. labeler.Ranks.Order()], second = [.. other.Ranks.Order()];
            var key = string.Join(' ', first) + '|' + string.Join(' ', second);
            if (!known.TryGetValue(key, out var one)) known[key] = one = Shuffled(first, second);
            var next = new Dictionary<int, double>();
            foreach (var (sum, weight) in sums)
                foreach (var (value, share) in one) next[sum + value] = next.GetValueOrDefault(sum + value) + (weight * share);
            sums = next;
        }

        return Math.Min(1, sums.Where(pair => pair.Key >= score).Sum(pair => pair.Value));
    }

    /// <summary>How often each S comes out over all arrangements of the first (at most 9! of them).</summary>
    private static Dictionary<int, double> Shuffled(int[] first, int[] second)
    {
        var counts = new Dictionary<int, double>();
        var all = 0;
        do
        {
            var score = Score(first, second);
            counts[score] = counts.GetValueOrDefault(score) + 1;
            all++;
        }
        while (Next(first));
        return counts.ToDictionary(pair => pair.Key, pair => pair.Value / all);
    }

    // Over plain arrays: it runs up to 9! times.
    private static int Score(int[] first, int[] second)
    {
        var score = 0;
        for (var i = 0; i < first.Length; i++)
            for (var j = i + 1; j < first.Length; j++) score += Math.Sign(first[i] - first[j]) * Math.Sign(second[i] - second[j]);
        return score;
    }

    /// <summary>The next arrangement in lexical order, equal ones once; false after the last.</summary>
    private static bool Next(int[] values)
    {
        var i = values.Length - 2;
        while (i >= 0 && values[i] >= values[i + 1]) i--;
        if (i < 0) return false;
        var j = values.Length - 1;
        while (values[j] <= values[i]) j--;
        (values[i], values[j]) = (values[j], values[i]);
        Array.Reverse(values, i + 1, values.Length - i - 1);
        return true;
    }

    /// <summary>1 - Φ(z) by Abramowitz and Stegun 26.2.17, right to 7.5e-8.</summary>
    private static double UpperTail(double z)
    {
        if (z < 0) return 1 - UpperTail(-z);
        var t = 1 / (1 + (0.2316419 * z));
        var series = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * series;
    }
}
