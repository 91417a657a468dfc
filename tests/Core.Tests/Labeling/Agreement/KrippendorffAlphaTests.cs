using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Agreement;

namespace ChatLoop.Core.Tests.Labeling.Agreement;

public sealed class KrippendorffAlphaTests
{
    /// <summary>The example with missing values of Krippendorff's "Computing Krippendorff's Alpha-Reliability": four observers, twelve units; 0 is missing.</summary>
    private static readonly int[][] Observers =
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];

    [Theory]
    [InlineData(MeasurementLevel.Nominal, 0.743)]
    [InlineData(MeasurementLevel.Ordinal, 0.815)]
    [InlineData(MeasurementLevel.Interval, 0.849)]
    public void Alpha_of_the_published_example_is_as_published(MeasurementLevel level, double alpha) =>
        Assert.Equal(alpha, KrippendorffAlpha.Of(Units(Observers), level)!.Value, 3);

    /// <summary>The paper's binary example: two observers, ten units.</summary>
    [Fact]
    public void Alpha_of_the_published_binary_example_is_as_published() =>
        Assert.Equal(0.095, KrippendorffAlpha.Of(Units([[1, 2, 1, 1, 1, 1, 1, 1, 2, 1], [2, 2, 2, 1, 1, 2, 1, 1, 1, 1]]), MeasurementLevel.Nominal)!.Value, 3);

    [Fact]
    public void Alpha_is_undefined_where_nothing_varies_or_can_be_paired()
    {
        Assert.Null(KrippendorffAlpha.Of([[3, 3], [3, 3]], MeasurementLevel.Ordinal));
        Assert.Null(KrippendorffAlpha.Of([[1], [2]], MeasurementLevel.Ordinal));
        Assert.Null(KrippendorffAlpha.Of([], MeasurementLevel.Nominal));
    }

    [Fact]
    public void Alpha_of_rankings_is_one_for_equal_ones_and_falls_with_each_exchange()
    {
        RankedTask[] Tasks(params Ranking[] second) => [.. second.Select((r, i) => new RankedTask($"{i}", new Dictionary<string, Ranking> { ["a"] = Ranking.Of(1, 2, 3, 4), ["b"] = r }))];

        Assert.Equal(1, RankingAlpha.Of(Tasks(Ranking.Of(1, 2, 3, 4)))!.Value, 12);
        var exchanged = RankingAlpha.Of(Tasks(Ranking.Of(1, 2, 4, 3)))!.Value;
        Assert.InRange(exchanged, 0.5, 0.999);
        Assert.InRange(RankingAlpha.Of(Tasks(Ranking.Of(4, 3, 2, 1)))!.Value, -1, -0.5);
    }

    [Fact]
    public void Alpha_of_rankings_of_several_lengths_is_the_mean_by_their_values()
    {
        RankedTask Task(string id, Ranking a, Ranking b) => new(id, new Dictionary<string, Ranking> { ["a"] = a, ["b"] = b });
        var pair = Task("2", Ranking.Of(1, 2), Ranking.Of(2, 1));
        var four = Task("4", Ranking.Of(1, 2, 3, 4), Ranking.Of(1, 2, 3, 4));

        // Two answers exchanged: 1 - 3·4/8 = -0.5, over 4 values; four in order: 1, over 8.
        Assert.Equal(((-0.5 * 4) + (1 * 8)) / 12, RankingAlpha.Of([pair, four])!.Value, 12);
    }

    [Fact]
    public void Alpha_of_ratings_takes_one_aim_at_a_time()
    {
        IReadOnlyList<Rating>[] answers = [[new(1, 1, 4), new(1, 7, 4)], [new(5, 7, 4), new(5, 1, 4)]];

        Assert.Equal(1, RankingAlpha.Of(answers, rating => rating.Helpful)!.Value, 12);
        Assert.True(RankingAlpha.Of(answers, rating => rating.Honest) < 0);
        Assert.Null(RankingAlpha.Of(answers, rating => rating.Harmless));
    }

    private static IEnumerable<IReadOnlyList<double>> Units(int[][] observers) =>
        Enumerable.Range(0, observers[0].Length).Select(unit => (double[])[.. observers.Select(o => o[unit]).Where(v => v > 0).Select(v => (double)v)]);
}
