using ChatLoop.Training.Moderation;

namespace ChatLoop.Training.Tests.Moderation;

public sealed class ThresholdChoiceTests
{
    private static readonly (double, bool)[] Five = [(0.9, true), (0.8, false), (0.7, true), (0.5, true), (0.2, false)];

    [Fact]
    public void Average_precision_is_the_sum_over_recall_steps()
    {
        // Ranks 1, 3 and 4 of 5 are positive: (1/1 + 2/3 + 3/4) / 3.
        Assert.Equal((1 + 2.0 / 3 + 3.0 / 4) / 3, AveragePrecision.Of(Five), 12);
    }

    [Fact]
    public void Tied_scores_count_as_one_step()
    {
        // Both of the top score at once: precision 1/2 at recall 1/2; then 2/3 at recall 1.
        Assert.Equal(0.5 * 0.5 + 0.5 * 2 / 3, AveragePrecision.Of([(0.9, true), (0.9, false), (0.5, true)]), 12);
    }

    [Fact]
    public void Average_precision_of_a_perfect_ranking_is_one_and_without_positives_undefined()
    {
        Assert.Equal(1, AveragePrecision.Of([(0.9, true), (0.1, false)]), 12);
        Assert.True(double.IsNaN(AveragePrecision.Of([(0.9, false)])));
    }

    [Fact]
    public void The_highest_recall_at_the_wanted_precision_is_chosen()
    {
        var result = ThresholdChoice.Choose("hate", Five, [], precision: 0.75, mostOrdinary: 0.1);

        Assert.Equal((0.5, "precision"), (result.Threshold, result.Rule));
        Assert.Equal((0.75, 1.0), (result.Precision, result.Recall));
        Assert.Equal((3, 2), (result.Positives, result.Negatives));
    }

    [Fact]
    public void Best_F1_is_chosen_where_that_precision_finds_too_little()
    {
        // At precision 1 only one of three is found, which is under 0.4.
        var result = ThresholdChoice.Choose("hate", Five, [], precision: 1, mostOrdinary: 0.1);

        Assert.Equal((0.5, "best F1"), (result.Threshold, result.Rule));
        Assert.Equal(2 * 0.75 / 1.75, result.F1, 12);
    }

    [Fact]
    public void Ordinary_texts_raise_the_threshold_until_few_enough_reach_it()
    {
        double[] ordinary = [0.85, 0.6, .. Enumerable.Repeat(0.01, 8)];

        var result = ThresholdChoice.Choose("hate", Five, ordinary, precision: 0.75, mostOrdinary: 0.1);

        Assert.Equal("ordinary texts", result.Rule);
        Assert.Equal(1, ordinary.Count(score => score >= result.Threshold));
        Assert.InRange(result.Threshold, 0.6, 0.7);
    }

    [Fact]
    public void A_category_whose_scores_are_all_noise_flags_nothing()
    {
        var result = ThresholdChoice.Choose("hate", [(0.05, true), (0.01, false)], [], precision: 0.8, mostOrdinary: 0.1);

        Assert.Equal((1.0, 0.0), (result.Threshold, result.Recall));
    }
}
