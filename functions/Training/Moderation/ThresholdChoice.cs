namespace ChatLoop.Training.Moderation;

/// <summary>Where a category begins to block.</summary>
internal static class ThresholdChoice
{
    // A category that finds less than this is hardly switched on.
    private const double LowestRecall = 0.4;

    private const double Lowest = 0.4; // Below it a score says little about a text unlike the validation texts, many of which are our own.

    /// <summary>
    /// The threshold of highest recall whose precision is at least <paramref name="precision"/>; where that finds too little, the one of best F1.
    /// Then raised, if need be, until at most <paramref name="mostOrdinary"/> of the ordinary texts reach it.
    /// </summary>
    /// <param name="texts">The scores of texts whose label is known.</param>
    /// <param name="ordinary">The scores of everyday texts.</param>
    public static CategoryResult Choose(string category, IReadOnlyList<(double Score, bool IsPositive)> texts, IReadOnlyCollection<double> ordinary, double precision, double mostOrdinary)
    {
        var positives = texts.Count(text => text.IsPositive);
        var candidates = Candidates(texts, positives).ToArray();
        var precise = candidates.Where(c => c.Threshold >= Lowest && c.Precision >= precision).OrderByDescending(c => c.Recall).ThenByDescending(c => c.Precision).FirstOrDefault();
        var (threshold, rule) = precise.Recall >= LowestRecall
            ? (precise.Threshold, "precision")
            : (candidates.Where(c => c.Threshold >= Lowest).DefaultIfEmpty((Threshold: 1, Precision: 0, Recall: 0)).MaxBy(c => F1(c.Precision, c.Recall)).Threshold, "best F1");
        var floor = Floor(ordinary, mostOrdinary);
        if (floor > threshold) (threshold, rule) = (floor, "ordinary texts");

        var flagged = texts.Where(text => text.Score >= threshold).ToArray();
        var hits = flagged.Count(text => text.IsPositive);
        var (p, r) = (flagged.Length == 0 ? 0 : (double)hits / flagged.Length, positives == 0 ? 0 : (double)hits / positives);
        return new CategoryResult(category, positives, texts.Count - positives, AveragePrecision.Of([.. texts]), threshold, p, r, F1(p, r), rule);
    }

    /// <summary>The lowest score that at most the given share of the texts reach.</summary>
    public static double Floor(IReadOnlyCollection<double> scores, double share)
    {
        var allowed = (int)(scores.Count * share);
        return scores.Count == 0 ? 0 : Math.BitIncrement(scores.OrderDescending().ElementAt(Math.Min(allowed, scores.Count - 1)));
    }

    private static IEnumerable<(double Threshold, double Precision, double Recall)> Candidates(IReadOnlyList<(double Score, bool IsPositive)> texts, int positives)
    {
        var (found, seen) = (0, 0);
        foreach (var tied in texts.GroupBy(text => text.Score).OrderByDescending(group => group.Key))
        {
            found += tied.Count(text => text.IsPositive);
            seen += tied.Count();
            if (positives > 0) yield return (tied.Key, (double)found / seen, (double)found / positives);
        }
    }

    private static double F1(double precision, double recall) => precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
}
