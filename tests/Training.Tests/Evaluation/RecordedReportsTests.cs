using ChatLoop.Training.Evaluation;
using ChatLoop.Training.Moderation;
using ChatLoop.Training.Rewards;

namespace ChatLoop.Training.Tests.Evaluation;

public sealed class RecordedReportsTests
{
    [Fact]
    public void A_reward_model_is_told_by_its_held_out_pairs_beside_the_longer_answer()
    {
        using var eval = new TinyEval();
        var folder = Path.Combine(eval.Run.Folder.Root, "judge");
        RewardReportWriter.Write(folder, new RewardReport("tiny: judge", 4, 10, 1, 0,
            [
                new RewardRow("pref-a", RewardSplit.Train, "all", 50, 0.9, 0.04, 1, 0.5, 0.1, null), new RewardRow("pref-a", RewardSplit.HeldOutQuestion, "all", 40, 0.75, 0.07, 1, 0.6, 0.1, null),
                new RewardRow("pref-a", RewardSplit.HeldOutQuestion, "labeler-1", 20, 0.8, 0.09, 1, 0.5, 0.1, null), new RewardRow("pref-a", RewardSplit.HeldOutLabeler, "all", 8, 0.5, 0.18, 1, 0.5, 0.1, null),
            ], [], null, 0));

        var report = RecordedReports.OfReward("judge", eval.Context(""))!;
        Assert.Equal((4, RewardFile.Read(folder).TensorsSha256), (report.Seed, report.Sha256));
        Assert.Equal(
            [("pref-a, held-out questions", "accuracy", 0.75, 40), ("pref-a, held-out questions", "accuracy if longer won", 0.6, 40), ("pref-a, held-out labelers", "accuracy", 0.5, 8), ("pref-a, held-out labelers", "accuracy if longer won", 0.5, 8)],
            report.Figures.Select(f => (f.Part, f.Metric, f.Value, f.Count)));
        Assert.Null(RecordedReports.OfReward("reward", eval.Context("")));
    }

    [Fact]
    public async Task The_moderation_model_is_told_by_category()
    {
        using var eval = new TinyEval();
        Assert.Null(RecordedReports.OfModeration(eval.Context("")));
        await new ModerationStage().RunAsync(eval.Context("", """, "moderation": { "bucketBits": 12, "dimensions": 8, "hidden": 8, "epochs": 1, "fillingsPerTemplate": 4 } """), CancellationToken.None);
        var report = RecordedReports.OfModeration(eval.Context(""))!;
        var illicit = report.Figures.Where(f => f.Part == "illicit").ToDictionary(f => f.Metric);
        Assert.InRange(illicit["average precision"].Value, 0.01, 1);
        var recall = illicit["recall"];
        Assert.True(recall.Count > 0 && recall.Count < illicit["average precision"].Count);
        Assert.Contains(report.Sha256, await File.ReadAllTextAsync(Path.Combine(eval.Run.Folder.Moderation, "manifest.json")), StringComparison.Ordinal);
    }
}
