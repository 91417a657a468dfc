using ChatLoop.Core.Labeling;
using ChatLoop.Core.Labeling.Agreement;

namespace ChatLoop.Core.Tests.Labeling.Agreement;

public sealed class ChanceTestTests
{
    /// <summary>
    /// Hollander and Wolfe 1973, p. 185 f.: nine lots of canned tuna by colour and by taste panel (the example of R's cor.test):
    /// T = 26 of 36 pairs concordant, one-sided p = 0.05972.
    /// </summary>
    [Fact]
    public void P_of_Hollander_and_Wolfe_s_tuna_is_as_published()
    {
        var colour = Ranks(44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1);
        var panel = Ranks(2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8);

        Assert.Equal(16, KendallTau.Of(colour, panel).Score);
        Assert.Equal(0.05972, ChanceTest.PValue([(colour, panel)]), 5);
    }

    [Fact]
    public void P_of_one_perfect_ranking_is_one_in_all_arrangements()
    {
        Assert.Equal(1 / 24.0, ChanceTest.PValue([(Ranking.Of(1, 2, 3, 4), Ranking.Of(1, 2, 3, 4))]), 12);
        // With a tie there are twelve arrangements, two of which agree wholly with a ranking without ties.
        Assert.Equal(1 / 12.0, ChanceTest.PValue([(Ranking.Of(1, 2, 3, 3), Ranking.Of(1, 2, 3, 3))]), 12);
        Assert.Equal(1, ChanceTest.PValue([(Ranking.Of(1, 1, 1), Ranking.Of(1, 2, 3))]), 12);
        Assert.Equal(1, ChanceTest.PValue([]), 12);
    }

    [Fact]
    public void The_normal_approximation_is_near_the_exact_value()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 20; trial++)
        {
            (Ranking, Ranking)[] pairs = [.. Enumerable.Range(0, 8).Select(_ => (Shuffled(random, 5, ties: true), Shuffled(random, 5, ties: false)))];
            Assert.Equal(ChanceTest.Exact(pairs), ChanceTest.Normal(pairs), 0.02);
        }
    }

    [Fact]
    public void Labelers_at_chance_are_named_and_careful_ones_are_not()
    {
        var random = new Random(5);
        RankedTask[] tasks = [.. Enumerable.Range(0, 30).Select(i =>
        {
            int[] truth = [.. Shuffled(random, 5, ties: false).Ranks];
            return new RankedTask($"{i}", new Dictionary<string, Ranking>
            {
                ["ana"] = Noisy(random, truth),
                ["ben"] = Noisy(random, truth),
                ["carl"] = Noisy(random, truth),
                ["dice"] = Shuffled(random, 5, ties: false),
                ["upside"] = Ranking.Of([.. truth.Select(rank => 6 - rank)]),
            });
        })];

        var labelers = LabelerAgreement.Of(tasks).ToDictionary(l => l.Labeler);

        Assert.Equal(["ana", "ben", "carl", "dice", "upside"], labelers.Keys);
        Assert.All(["ana", "ben", "carl"], (string name) => Assert.False(labelers[name].IsAtChance));
        Assert.True(labelers["dice"].IsAtChance);
        Assert.True(labelers["upside"].IsAtChance);
        Assert.True(labelers["upside"].MeanTauB < -0.4);
        Assert.InRange(labelers["ana"].PValue, 0, 1e-6);
    }

    [Fact]
    public void Of_few_tasks_nothing_is_said_and_a_lone_labeler_has_none()
    {
        var labelers = LabelerAgreement.Of(
        [
            new RankedTask("1", new Dictionary<string, Ranking> { ["a"] = Ranking.Of(1, 2), ["b"] = Ranking.Of(2, 1) }),
            new RankedTask("2", new Dictionary<string, Ranking> { ["c"] = Ranking.Of(1, 2) }),
        ]);

        Assert.Equal(["a", "b"], labelers.Select(l => l.Labeler));
        Assert.All(labelers, l => Assert.Null(l.IsAtChance));
        Assert.All(labelers, l => Assert.Equal(-1, l.MeanTauB));
    }

    private static Ranking Ranks(params double[] values) => Ranking.Of([.. values.Select(value => values.Count(v => v < value) + 1)]);

    private static Ranking Shuffled(Random random, int count, bool ties)
    {
        int[] ranks = [.. Enumerable.Range(1, count)];
        if (ties) ranks[1] = 1;
        random.Shuffle(ranks);
        return Ranking.Of(ranks);
    }

    /// <summary>Two neighbours exchanged.</summary>
    private static Ranking Noisy(Random random, int[] truth)
    {
        var at = random.Next(1, truth.Length);
        return Ranking.Of([.. truth.Select(rank => rank == at ? at + 1 : rank == at + 1 ? at : rank)]);
    }
}
