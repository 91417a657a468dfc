using ChatLoop.Core.Labeling;

namespace ChatLoop.Core.Tests.Labeling;

public sealed class RankingTests
{
    [Fact]
    public void Only_the_order_counts()
    {
        var ranking = Ranking.Of(4, 1, 9, 4);

        Assert.Equal(Ranking.Of(2, 1, 3, 2), ranking);
        Assert.Equal([2, 1, 3, 2], ranking.Ranks);
        Assert.Equal([2.5, 1, 4, 2.5], ranking.MidRanks);
        Assert.Equal([[1], [0, 3], [2]], ranking.Tiers);
    }

    [Theory]
    [InlineData(new[] { 1 }, "2 to 9")]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, "2 to 9")]
    [InlineData(new[] { 1, 0 }, "rank 0 is below 1")]
    public void Of_what_is_no_ranking_says_why(int[] ranks, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => Ranking.Of(ranks)).Message, StringComparison.Ordinal);

    [Fact]
    public void Mistake_names_missing_ranks()
    {
        Assert.Contains("missing", Ranking.Mistake(null, 2), StringComparison.Ordinal);
        Assert.Contains("2 ranks for 3 answers", Ranking.Mistake([1, 2], 3), StringComparison.Ordinal);
        Assert.Null(Ranking.Mistake([1, 1], 2));
    }
}
