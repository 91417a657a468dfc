using ChatLoop.App.Improvement;
using ChatLoop.Core.Improvement;

namespace ChatLoop.App.Tests.Improvement;

public sealed class GatesTests
{
    internal static ImprovementResult Good { get; } = new(
        1, "improve", new ImprovedModel("base", "b"), new ImprovedModel("better", "m"), new RankingAccuracy(0.7, 100, 0.5), new RankingAccuracy(0.6, 100, 0.5),
        new WinRate(0.6, 0.52, 0.68, 200, "judge"), 2.4, new FlaggedShares(0.01, 0.015, 200), 60);

    [Fact]
    public void A_good_model_passes_all_gates()
    {
        var gates = Gates.Of(Good, new GateOptions());

        Assert.Equal([Gates.RewardAccuracy, Gates.WinRate, Gates.Moderation, Gates.Kl], gates.Select(gate => gate.Name));
        Assert.All(gates, gate => Assert.True(gate.Passed, gate.Message));
    }

    [Fact]
    public void Each_gate_holds_back_what_is_beyond_its_limit_and_says_the_figures()
    {
        var bad = Good with { RewardAccuracy = new RankingAccuracy(0.5, 100, 0.5), WinRate = new WinRate(0.55, 0.5, 0.6, 200, "judge"), Kl = 25.5, Moderation = new FlaggedShares(0.01, 0.03, 200) };

        var gates = Gates.Of(bad, new GateOptions()).ToDictionary(gate => gate.Name);

        Assert.All(gates.Values, gate => Assert.False(gate.Passed, gate.Name));
        Assert.Equal("The reward model orders 0.5 of the held-out comparisons as people did; at least 0.55 are asked for.", gates[Gates.RewardAccuracy].Message);
        Assert.Equal("The win rate's lower end is 0.5; it must be above 0.5.", gates[Gates.WinRate].Message);
        Assert.Equal("The share of flagged answers rose by 0.02; at most 0.01 is allowed.", gates[Gates.Moderation].Message);
        Assert.Equal("The KL divergence is 25.5 nats an answer; at most 20 is allowed.", gates[Gates.Kl].Message);
    }

    [Fact]
    public void What_was_not_measured_is_not_passed()
    {
        var gates = Gates.Of(Good with { RewardAccuracy = null, WinRate = null, Kl = double.NaN, Moderation = null }, new GateOptions());

        Assert.Equal(4, gates.Count(gate => !gate.Passed && gate.Value is null && gate.Message.Contains("not", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_limit_that_is_empty_takes_its_gate_away_and_one_of_0_lets_all_pass_that_was_measured()
    {
        var open = new GateOptions { LeastRewardAccuracy = 0, LeastWinRate = 0, MostFlaggedIncrease = null, MostKl = null };

        var gates = Gates.Of(Good with { RewardAccuracy = new RankingAccuracy(0, 1, 1), WinRate = new WinRate(0, 0, 0.5, 2, "judge"), Kl = null, Moderation = null }, open);

        Assert.Equal([(Gates.RewardAccuracy, true), (Gates.WinRate, true)], gates.Select(gate => (gate.Name, gate.Passed)));
    }
}
