using System.Globalization;
using ChatLoop.Core.Moderation;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Moderation;
using ChatLoop.Training.Rewards;

namespace ChatLoop.Training.Evaluation;

/// <summary>Figures that other stages have measured of their own models: read, not measured again.</summary>
internal static class RecordedReports
{
    /// <summary>How often a reward model ranks held-out pairs as people did; null where the run has no such model.</summary>
    public static ModelReport? OfReward(string name, StageContext context)
    {
        var folder = Path.Combine(context.Run.Root, name);
        if (RewardReportWriter.Read(folder) is not { } report) return null;
        var figures = from row in report.Rows
                      where row.Labeler == "all" && row.Split != RewardSplit.Train
                      let part = $"{row.Set}, {(row.Split == RewardSplit.HeldOutLabeler ? "held-out labelers" : "held-out questions")}"
                      from figure in new[]
                      {
                          Figure.Share("reward", part, "accuracy", row.Accuracy * row.Pairs, row.Pairs) with { Chance = 0.5 },
                          Figure.Share("reward", part, "accuracy if longer won", row.LongerWins * row.Pairs, row.Pairs) with { Chance = 0.5 },
                      }
                      select figure;
        return Report(context, name, RewardFile.Read(folder).TensorsSha256, report.Seed, File.GetLastWriteTimeUtc(RewardReportWriter.FileOf(folder)), [.. figures]);
    }

    /// <summary>The moderation model by category; null where the run has none.</summary>
    public static ModelReport? OfModeration(StageContext context)
    {
        if (ModerationModelWriter.ReadResults(context.Run.Moderation) is not var (manifest, results)) return null;
        var seed = int.Parse(manifest.Metadata["seed"], CultureInfo.InvariantCulture);
        return Report(context, "moderation", manifest.Files[ModerationSettings.ModelFileName].Sha256, seed, manifest.Created, [.. results.SelectMany(Of)]);
    }

    private static IEnumerable<Figure> Of(CategoryResult result)
    {
        var found = result.Recall * result.Positives;
        var flagged = result.Precision > 0 ? (int)Math.Round(found / result.Precision) : 0;
        yield return new Figure("moderation", result.Category, "average precision", result.AveragePrecision, result.Positives + result.Negatives);
        if (flagged > 0) yield return Figure.Share("moderation", result.Category, "precision", found, flagged);
        yield return Figure.Share("moderation", result.Category, "recall", found, result.Positives);
    }

    private static ModelReport Report(StageContext context, string name, string sha256, int seed, DateTimeOffset measured, IReadOnlyList<Figure> figures) =>
        new(context.Recipe.Name, name, sha256, null, seed, measured, new Dictionary<string, double>(), [], figures);
}
