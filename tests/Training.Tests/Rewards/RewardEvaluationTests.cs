using ChatLoop.Training.Data.Ranked;
using ChatLoop.Training.Rewards;

namespace ChatLoop.Training.Tests.Rewards;

public sealed class RewardEvaluationTests
{
    [Fact]
    public void A_row_counts_accuracy_margin_and_baselines_of_its_set_split_and_labeler()
    {
        PairOutcome[] outcomes =
        [
            new("s", RewardSplit.HeldOutQuestion, "ana", Difference: 2, LongerWins: 1, FirstWins: 0),
            new("s", RewardSplit.HeldOutQuestion, "ana", Difference: -1, LongerWins: 0, FirstWins: 0),
            new("s", RewardSplit.HeldOutQuestion, "ben", Difference: 0, LongerWins: 0.5, FirstWins: 1),
            new("t", RewardSplit.Train, null, Difference: 1, LongerWins: 1, FirstWins: null),
        ];
        var rows = RewardEvaluation.Rows(outcomes, gain: 3);
        Assert.Equal([("s", "all", 3), ("s", "ana", 2), ("s", "ben", 1), ("t", "all", 1)], rows.Select(r => (r.Set, r.Labeler, r.Pairs)));
        Assert.Equal((0.5, 1.0, 0.5, 1 / 3.0), (rows[0].Accuracy, rows[0].Margin, rows[0].LongerWins, rows[0].FirstWins!.Value));
        Assert.Equal(0, rows[0].OverLongerError, 1e-12); // right where the longer won and wrong where it lost: no difference to be unsure of
        Assert.Equal(0.25 / Math.Sqrt(2), Row(1, 0.5).OverLongerError, 1e-12);
        Assert.Null(rows[3].FirstWins);

        static RewardRow Row(double difference, double longer) => RewardEvaluation.Rows([new("u", RewardSplit.Train, null, difference, longer, null), new("u", RewardSplit.Train, null, difference, 1, null)], gain: 1)[0];
    }

    [Fact]
    public void Calibration_sets_how_sure_beside_how_right()
    {
        PairOutcome[] outcomes = [.. new[] { 0.1, -0.1, 3.0, 3.0 }.Select(d => new PairOutcome("s", RewardSplit.HeldOutQuestion, null, d, 0, null))];
        var bins = RewardEvaluation.Calibration(outcomes);
        Assert.Equal([(0.5, 2, 0.5), (0.95, 2, 1.0)], bins.Select(b => (Math.Round(b.From, 3), b.Pairs, b.Accuracy)));
        Assert.Equal(0.524979, bins[0].Predicted, 1e-6); // σ(0.1)
    }

    [Fact]
    public void Labelers_agree_where_they_rank_the_same_two_answers_alike()
    {
        Comparison[] comparisons = [Judged("ana", 2, 1), Judged("ben", 5, 3), Judged("cara", 0, 1), Judged(null, 0, 1)];
        Assert.Equal((1 / 3.0, 3), RewardEvaluation.Agreement(comparisons)); // ana and ben agree; cara with neither
        Assert.Null(RewardEvaluation.Agreement(comparisons[..1]).Share);
    }

    [Fact]
    public void Two_models_of_disjoint_parts_share_no_question_and_hold_out_the_same()
    {
        var (reward, judge) = (new RewardOptions { QuestionsTo = 0.5 }, new RewardOptions { QuestionsFrom = 0.5 });
        var splits = Enumerable.Range(0, 500).Select(i => Comparison.Pair("s", $"question {i}", "a", "b")).Select(c => (RewardSplits.Of(c, reward), RewardSplits.Of(c, judge))).ToArray();
        Assert.DoesNotContain((RewardSplit.Train, RewardSplit.Train), splits);
        Assert.All(splits, s => Assert.Equal(s.Item1 == RewardSplit.HeldOutQuestion, s.Item2 == RewardSplit.HeldOutQuestion));
        Assert.InRange(splits.Count(s => s.Item1 == RewardSplit.Train), 180, 270);
        Assert.InRange(splits.Count(s => s.Item2 == RewardSplit.Train), 180, 270);
    }

    private static Comparison Judged(string? labeler, double a, double b) =>
        Comparison.ByScore("s", "q", labeler, [new(Comparison.Ask("q"), "a", a), new(Comparison.Ask("q"), "b", b)], orderKnown: true);
}
