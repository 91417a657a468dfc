namespace ChatLoop.Core.Labeling.Agreement;

/// <summary>Krippendorff's alpha for rankings and for ratings.</summary>
public static class RankingAlpha
{
    /// <summary>
    /// Alpha of rankings as ordinal data: each answer of a task is a unit, its mid-rank the value. Third of four is not third of nine:
    /// alpha is computed for each K by itself, and the result is the mean weighted by how many values can be paired.
    /// </summary>
    /// <returns>Null where no task has two rankings that say something.</returns>
    public static double? Of(IEnumerable<RankedTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var (sum, weights) = (0.0, 0);
        foreach (var ofOneK in tasks.Where(task => task.ByLabeler.Count > 1).GroupBy(task => task.ByLabeler.Values.First().Count).OrderBy(group => group.Key))
        {
            IReadOnlyList<double>[] units = [.. from task in ofOneK
                                                let ranks = task.ByLabeler.Values.Select(ranking => ranking.MidRanks).ToArray()
                                                from answer in Enumerable.Range(0, ofOneK.Key)
                                                select (double[])[.. ranks.Select(r => r[answer])]];
            if (KrippendorffAlpha.Of(units, MeasurementLevel.Ordinal) is not { } alpha) continue;
            var weight = units.Sum(unit => unit.Count);
            sum += alpha * weight;
            weights += weight;
        }

        return weights > 0 ? sum / weights : null;
    }

    /// <summary>Alpha of ratings as ordinal data.</summary>
    /// <param name="answers">For each answer the ratings that it got.</param>
    /// <param name="aim">Which of the three, such as <c>rating => rating.Helpful</c>.</param>
    public static double? Of(IEnumerable<IReadOnlyList<Rating>> answers, Func<Rating, int> aim)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(aim);
        return KrippendorffAlpha.Of(answers.Select(ratings => (double[])[.. ratings.Select(rating => (double)aim(rating))]), MeasurementLevel.Ordinal);
    }
}
