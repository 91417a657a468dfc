namespace ChatLoop.Core.Labeling.Agreement;

/// <summary>How one labeler's rankings go with those of the others.</summary>
/// <param name="Tasks">Tasks that the labeler shares with at least one other.</param>
/// <param name="MeanTauB">The mean of Kendall's tau-b against the consensus of the others; null where it is nowhere defined.</param>
/// <param name="PValue">The probability that chance alone agrees at least so well (<see cref="ChanceTest"/>).</param>
public sealed record LabelerAgreement(string Labeler, int Tasks, double? MeanTauB, double PValue)
{
    /// <summary>Below this, even a careful labeler can look like chance.</summary>
    public const int FewestTasks = 5;

    /// <summary>The level of the test: of twenty labelers at chance, one passes all the same.</summary>
    public const double Level = 0.05;

    /// <summary>Whether the labeler is no better than chance (upside down is worse), and is to be named to the administrator; null where there are too few tasks to say.</summary>
    public bool? IsAtChance => Tasks < FewestTasks ? null : PValue > Level;

    /// <summary>
    /// Every labeler's agreement, by id. Each is held against the consensus of the others on the task: a consensus that the labeler had
    /// a voice in would flatter, and would not be independent as the test against chance asks.
    /// </summary>
    public static IReadOnlyList<LabelerAgreement> Of(IEnumerable<RankedTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var shared = from task in tasks
                     where task.ByLabeler.Count > 1
                     from own in task.ByLabeler
                     let others = RankedPairs.Of([.. task.ByLabeler.Where(other => other.Key != own.Key).Select(other => other.Value)])
                     select (Labeler: own.Key, Own: own.Value, Others: others.Ranking);
        return [.. shared.GroupBy(pair => pair.Labeler, pair => (pair.Own, pair.Others)).OrderBy(pairs => pairs.Key, StringComparer.Ordinal).Select(pairs => Of(pairs.Key, [.. pairs]))];
    }

    private static LabelerAgreement Of(string labeler, IReadOnlyList<(Ranking Own, Ranking Others)> pairs)
    {
        double[] taus = [.. pairs.Select(pair => KendallTau.Of(pair.Own, pair.Others).TauB).OfType<double>()];
        return new LabelerAgreement(labeler, pairs.Count, taus.Length > 0 ? taus.Average() : null, ChanceTest.PValue(pairs));
    }
}
