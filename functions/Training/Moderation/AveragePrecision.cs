namespace ChatLoop.Training.Moderation;

/// <summary>Measures of one category over texts that are known to belong or not to belong to it.</summary>
internal static class AveragePrecision
{
    /// <summary>
    /// The area under the precision-recall curve as average precision, Σ (Rₙ − Rₙ₋₁)·Pₙ over the distinct scores, as scikit-learn has it.
    /// </summary>
    /// <returns>NaN where nothing is positive.</returns>
    public static double Of(IReadOnlyCollection<(double Score, bool IsPositive)> texts)
    {
        var positives = texts.Count(text => text.IsPositive);
        if (positives == 0) return double.NaN;
        double area = 0;
        var (found, seen) = (0, 0);
        foreach (var tied in texts.GroupBy(text => text.Score).OrderByDescending(group => group.Key))
        {
            var hits = tied.Count(text => text.IsPositive);
            found += hits;
            seen += tied.Count();
            area += (double)hits / positives * found / seen;
        }

        return area;
    }
}
