using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Rewards;

/// <summary>Measures a reward model on what the recipe's section asks for, and writes its report.</summary>
internal static class RewardReports
{
    /// <param name="trained">How many comparisons it was trained on in this run.</param>
    public static RewardReport Write(string section, StageContext context, RewardModel model, RewardOptions options, IReadOnlyCollection<EncodedComparison> comparisons, int trained, int seed)
    {
        var split = comparisons.ToLookup(c => RewardSplits.Of(c.Comparison, options));
        var shown = new[] { RewardSplit.Train, RewardSplit.HeldOutQuestion, RewardSplit.HeldOutLabeler }
            .SelectMany(s => split[s].GroupBy(c => c.Comparison.Source).SelectMany(g => Spread.Over([.. g], options.ReportComparisons)));
        var outcomes = RewardEvaluation.Outcomes(model, shown, options);
        var agreement = RewardEvaluation.Agreement(comparisons.Select(c => c.Comparison));
        var report = new RewardReport($"{context.Recipe.Name}: {section}", seed, trained, model.Gain, model.Bias, RewardEvaluation.Rows(outcomes, model.Gain),
            RewardEvaluation.Calibration(outcomes.Where(o => o.Split != RewardSplit.Train)), agreement.Share, agreement.Couples);
        RewardReportWriter.Write(Path.Combine(context.Run.Root, section), report);
        foreach (var row in report.Rows.Where(r => r.Labeler == "all")) context.Reporter.Line($"  {row.Set}, {row.Split}: accuracy {row.Accuracy:P1} of {row.Pairs:N0} pairs, longer wins {row.LongerWins:P1}{(row.FirstWins is { } first ? $", first wins {first:P1}" : "")}");
        return report;
    }
}
