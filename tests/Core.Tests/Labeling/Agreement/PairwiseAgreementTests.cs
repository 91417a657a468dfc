using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Agreement;

namespace ChatLoop.Core.Tests.Labeling.Agreement;

public sealed class PairwiseAgreementTests
{
    [Fact]
    public void Pairs_are_the_same_opposite_or_tied_on_one_or_both_sides()
    {
        // 12, 13 and 14 the same, 23 and 24 opposite, 34 tied by both.
        var agreement = PairwiseAgreement.Of([(Ranking.Of(1, 2, 3, 3), Ranking.Of(1, 3, 2, 2))]);

        Assert.Equal(new PairwiseAgreement(Same: 3, Opposite: 2, OneTied: 0, BothTied: 1), agreement);
        Assert.Equal(4 / 6.0, agreement.Share!.Value, 12);
        Assert.Equal(0.6, agreement.ShareWithoutTies!.Value, 12);
    }

    [Fact]
    public void Every_two_labelers_of_a_task_are_compared()
    {
        var agreement = PairwiseAgreement.Of([new RankedTask("1", new Dictionary<string, Ranking> { ["a"] = Ranking.Of(1, 2), ["b"] = Ranking.Of(1, 2), ["c"] = Ranking.Of(1, 1) })]);

        Assert.Equal(new PairwiseAgreement(Same: 1, Opposite: 0, OneTied: 2, BothTied: 0), agreement);
    }

    [Fact]
    public void A_share_of_nothing_is_undefined() => Assert.Null(PairwiseAgreement.Of(Array.Empty<RankedTask>()).Share);
}
