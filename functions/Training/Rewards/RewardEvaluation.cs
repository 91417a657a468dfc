using ChatLoop.Training.Data.Ranked;
using static TorchSharp.torch;

namespace ChatLoop.Training.Rewards;

/// <summary>Ranks held-out pairs and counts: pure but for the model's forward passes.</summary>
internal static class RewardEvaluation
{
    private const int QuestionsAtOnce = 8;
    private const int Bins = 10;

    /// <summary>Every pair of the comparisons, as the model and the baselines rank it.</summary>
    public static IReadOnlyList<PairOutcome> Outcomes(RewardModel model, IEnumerable<EncodedComparison> comparisons, RewardOptions options)
    {
        var outcomes = new List<PairOutcome>();
        foreach (var batch in comparisons.Chunk(QuestionsAtOnce))
        {
            var raw = Raw(model, batch);
            var start = 0;
            foreach (var (comparison, answers) in batch)
            {
                foreach (var (better, worse) in comparison.Pairs)
                {
                    var (won, lost) = (comparison.Answers[better].Text.Length, comparison.Answers[worse].Text.Length);
                    double? first = comparison.OrderKnown ? better < worse ? 1 : 0 : null;
                    outcomes.Add(new PairOutcome(comparison.Source, RewardSplits.Of(comparison, options), comparison.Labeler, raw[start + better] - raw[start + worse], won > lost ? 1 : won < lost ? 0 : 0.5, first));
                }

                start += answers.Length;
            }
        }

        return outcomes;
    }

    /// <summary>Raw rewards of all answers, comparison by comparison.</summary>
    public static float[] Raw(RewardModel model, IReadOnlyList<EncodedComparison> comparisons)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (ids, lengths) = EncodedComparison.Pad(comparisons);
        return model.Raw(ids.to(model.Device), lengths.to(model.Device)).cpu().data<float>().ToArray();
    }

    /// <summary>A row for each set and split, and for each labeler of those that name them.</summary>
    public static IReadOnlyList<RewardRow> Rows(IReadOnlyList<PairOutcome> outcomes, double gain) =>
        [.. outcomes.GroupBy(o => (o.Set, o.Split)).OrderBy(g => g.Key.Set, StringComparer.Ordinal).ThenBy(g => g.Key.Split)
            .SelectMany(g => g.Where(o => o.Labeler is not null).GroupBy(o => o.Labeler!).OrderBy(l => l.Key, StringComparer.Ordinal)
                .Select(l => Row(g.Key.Set, g.Key.Split, l.Key, [.. l], gain)).Prepend(Row(g.Key.Set, g.Key.Split, "all", [.. g], gain)))];

    public static IReadOnlyList<CalibrationBin> Calibration(IEnumerable<PairOutcome> outcomes) =>
        [.. outcomes.Select(o => (Sure: 1 / (1 + Math.Exp(-Math.Abs(o.Difference))), o.Right)).GroupBy(o => Math.Min(Bins - 1, (int)((o.Sure - 0.5) * 2 * Bins))).OrderBy(g => g.Key)
            .Select(g => new CalibrationBin(0.5 + g.Key / (2.0 * Bins), 0.5 + (g.Key + 1) / (2.0 * Bins), g.Count(), g.Average(o => o.Sure), g.Average(o => o.Right)))];

    /// <summary>How often two labelers who ranked the same two answers rank them alike, over all such couples of labelers.</summary>
    public static (double? Share, int Couples) Agreement(IEnumerable<Comparison> comparisons)
    {
        var judgements = from c in comparisons
                         where c.Labeler is not null
                         from p in c.Pairs
                         let texts = (Better: c.Answers[p.Better].Text, Worse: c.Answers[p.Worse].Text)
                         let first = string.CompareOrdinal(texts.Better, texts.Worse) < 0
                         group (c.Labeler, First: first) by (c.Source, c.Key, first ? texts.Better : texts.Worse, first ? texts.Worse : texts.Better);
        var (alike, couples) = (0, 0);
        foreach (var judged in judgements.Select(g => g.ToArray()))
        {
            for (var i = 0; i < judged.Length; i++)
            {
                for (var j = i + 1; j < judged.Length; j++)
                {
                    if (judged[i].Labeler == judged[j].Labeler) continue;
                    couples++;
                    if (judged[i].First == judged[j].First) alike++;
                }
            }
        }

        return (couples == 0 ? null : (double)alike / couples, couples);
    }

    private static RewardRow Row(string set, RewardSplit split, string labeler, PairOutcome[] pairs, double gain)
    {
        var (accuracy, longer) = (pairs.Average(p => p.Right), pairs.Average(p => p.LongerWins));
        return new RewardRow(set, split, labeler, pairs.Length, accuracy, Math.Sqrt(accuracy * (1 - accuracy) / pairs.Length), gain * pairs.Average(p => p.Difference),
            longer, Math.Sqrt(pairs.Average(p => Math.Pow(p.Right - p.LongerWins - accuracy + longer, 2)) / pairs.Length), pairs.All(p => p.FirstWins is not null) ? pairs.Average(p => p.FirstWins!.Value) : null);
    }
}
