namespace ChatLoop.Core.Labeling.Agreement;

/// <summary>Kendall's rank correlation of two rankings of the same things. Kendall, "Rank Correlation Methods" (4th edition, 1970), chapters 1, 3 and 4.</summary>
/// <param name="Score">S: pairs in the same order less pairs in opposite order.</param>
/// <param name="TauB">From -1 to 1, corrected for ties; null where one side ties everything.</param>
/// <param name="Variance">Of S, where one side is shuffled at random with its ties.</param>
public sealed record KendallTau(int Score, double? TauB, double Variance)
{
    /// <exception cref="ArgumentException">The two are not equally long.</exception>
    public static KendallTau Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count) throw new ArgumentException($"{first.Count} values and {second.Count} have no rank correlation: there must be equally many.", nameof(second));
        var (t, u) = (Ties(first), Ties(second));
        var score = ScoreOf(first, second);
        double pairs = first.Count * (first.Count - 1) / 2.0;
        var untied = (pairs - (t.Pairs / 2)) * (pairs - (u.Pairs / 2));
        return new KendallTau(score, untied > 0 ? score / Math.Sqrt(untied) : null, VarianceOf(first.Count, t, u));
    }

    public static KendallTau Of(Ranking first, Ranking second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Of([.. first.Ranks.Select(rank => (double)rank)], [.. second.Ranks.Select(rank => (double)rank)]);
    }

    private static int ScoreOf(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var score = 0;
        for (var i = 0; i < first.Count; i++)
            for (var j = i + 1; j < first.Count; j++) score += first[i].CompareTo(first[j]) * second[i].CompareTo(second[j]);
        return score;
    }

    /// <summary>Kendall 1970, chapter 4 (t and u are the sizes of groups of ties).</summary>
    private static double VarianceOf(double n, TieSums t, TieSums u)
    {
        if (n < 2) return 0;
        var variance = ((n * (n - 1) * ((2 * n) + 5)) - t.Scaled - u.Scaled) / 18;
        variance += t.Pairs * u.Pairs / (2 * n * (n - 1));
        return n < 3 ? variance : variance + (t.Triples * u.Triples / (9 * n * (n - 1) * (n - 2)));
    }

    private static TieSums Ties(IReadOnlyList<double> values)
    {
        double[] sizes = [.. values.GroupBy(value => value).Select(group => (double)group.Count())];
        return new TieSums(sizes.Sum(t => t * (t - 1)), sizes.Sum(t => t * (t - 1) * (t - 2)), sizes.Sum(t => t * (t - 1) * ((2 * t) + 5)));
    }

    private readonly record struct TieSums(double Pairs, double Triples, double Scaled);
}
