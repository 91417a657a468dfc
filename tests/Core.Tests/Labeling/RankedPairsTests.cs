using ChatLoop.Core.Labeling;
using FsCheck.Xunit;

namespace ChatLoop.Core.Tests.Labeling;

public sealed class RankedPairsTests
{
    /// <summary>Where Tennessee puts its capital: the example by which ranked pairs and other Condorcet methods are taught.</summary>
    [Fact]
    public void Tennessee_chooses_Nashville_then_Chattanooga_then_Knoxville_then_Memphis()
    {
        var consensus = Vote("MNCK", (42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM"));

        Assert.Equal("N C K M", Order("MNCK", consensus));
        Assert.Empty(consensus.Dropped);
        Assert.True(consensus.IsRankingWhole);
    }

    /// <summary>Condorcet's paradox with unequal majorities: A beats B by 67 to 33, B beats C by 68 to 32, C beats A by 65 to 35.</summary>
    [Fact]
    public void The_weakest_majority_of_a_cycle_is_dropped()
    {
        var consensus = Vote("ABC", (35, "ABC"), (33, "BCA"), (32, "CAB"));

        Assert.Equal("A B C", Order("ABC", consensus));
        Assert.Equal([new Majority(1, 2, 68, 32), new Majority(0, 1, 67, 33)], consensus.Locked);
        Assert.Equal([new Majority(2, 0, 65, 35)], consensus.Dropped);
    }

    /// <summary>
    /// The 45 voters of Schulze's example. Majorities in order: BD 33, ED 31, AD 30, CB 29, (DC 28 closes a cycle), EB 27, AC 26,
    /// (BA 25 closes one), CE 24, (EA 23 closes one).
    /// </summary>
    [Fact]
    public void Schulze_s_45_voters_choose_A_C_E_B_D()
    {
        var consensus = Vote("ABCDE", (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC"));

        Assert.Equal("A C E B D", Order("ABCDE", consensus));
        Assert.Equal([33, 31, 30, 29, 27, 26, 24], consensus.Locked.Select(pair => pair.For));
        Assert.Equal([28, 25, 23], consensus.Dropped.Select(pair => pair.For));
    }

    [Fact]
    public void A_cycle_of_equal_majorities_is_a_tie()
    {
        var consensus = Vote("ABC", (1, "ABC"), (1, "BCA"), (1, "CAB"));

        Assert.Equal(Ranking.Of(1, 1, 1), consensus.Ranking);
        Assert.Equal(3, consensus.Dropped.Count);
        Assert.Empty(consensus.Preferences);
    }

    [Fact]
    public void Of_equal_margins_the_one_with_fewer_against_it_goes_first()
    {
        // The first over the second by 2 to 0, the fourth over the third by 3 to 1.
        var consensus = RankedPairs.Of(Ranking.Of(1, 2, 2, 1), Ranking.Of(1, 2, 2, 1), Ranking.Of(1, 1, 2, 1), Ranking.Of(1, 1, 1, 2));

        Assert.Equal([new Majority(0, 1, 2, 0), new Majority(3, 2, 3, 1)], consensus.Locked.Where(pair => pair is (0, 1, _, _) or (3, 2, _, _)));
    }

    [Fact]
    public void A_ranking_that_places_an_unordered_answer_says_that_it_is_not_whole()
    {
        // A over B by both; C over and under each of them once.
        var consensus = RankedPairs.Of(Ranking.Of(1, 2, 3), Ranking.Of(2, 3, 1));

        Assert.Equal(Ranking.Of(1, 2, 1), consensus.Ranking);
        Assert.Equal([(0, 1)], consensus.Preferences);
        Assert.False(consensus.IsRankingWhole);
    }

    [Fact]
    public void One_labeler_s_ranking_is_the_consensus() =>
        Assert.Equal(Ranking.Of(2, 1, 2, 3), RankedPairs.Of(Ranking.Of(2, 1, 2, 3)).Ranking);

    [Property]
    public void Neither_the_order_of_labelers_nor_that_of_answers_decides(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(Ranking.FewestAnswers, Ranking.MostAnswers + 1);
        var rankings = Enumerable.Range(0, random.Next(1, 7)).Select(_ => Enumerable.Range(0, count).Select(_ => random.Next(1, count + 1)).ToArray()).ToArray();
        var places = Enumerable.Range(0, count).ToArray();
        random.Shuffle(places);

        var consensus = RankedPairs.Of([.. rankings.Select(r => Ranking.Of(r))]);
        var shuffled = RankedPairs.Of([.. rankings.Reverse().Select(r => Ranking.Of([.. places.Select(place => r[place])]))]);

        Assert.Equal(places.Select(place => consensus.Ranking.Ranks[place]), shuffled.Ranking.Ranks);
        Assert.All(consensus.Preferences, pair => Assert.True(consensus.Ranking.Compare(pair.Better, pair.Worse) < 0));
    }

    [Fact]
    public void Of_nothing_or_of_unequal_rankings_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => RankedPairs.Of());
        Assert.Throws<ArgumentException>(() => RankedPairs.Of(Ranking.Of(1, 2), Ranking.Of(1, 2, 3)));
    }

    private static Consensus Vote(string names, params (int Voters, string Order)[] ballots) =>
        RankedPairs.Of([.. ballots.SelectMany(ballot => Enumerable.Repeat(Ranking.Of([.. names.Select(name => ballot.Order.IndexOf(name, StringComparison.Ordinal) + 1)]), ballot.Voters))]);

    private static string Order(string names, Consensus consensus) =>
        string.Join(' ', consensus.Ranking.Tiers.Select(tier => string.Concat(tier.Select(answer => names[answer]))));
}
