using ChatLoop.Training.ReinforcementLearning.Mathematics;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.ReinforcementLearning.Mathematics;

/// <summary>Small fixed tensors against numbers worked out by hand; the working stands beside each.</summary>
public sealed class GoldenTests
{
    [Fact]
    public void Masked_mean_and_variance_leave_padding_out()
    {
        using var scope = NewDisposeScope();
        var (x, mask) = (Grid([1, 2, 99], [5, float.NaN, float.PositiveInfinity]), Grid([1, 1, 0], [1, 0, 0]));
        Assert.Equal(8 / 3.0, Masked.Mean(x, mask).item<float>(), 1e-6); // (1 + 2 + 5) / 3
        Assert.Equal(26 / 9.0, Masked.Variance(x.nan_to_num(0, 0, 0), mask).item<float>(), 1e-5); // (25 + 4 + 49) / 9 / 3
    }

    [Fact]
    public void Whitening_keeps_the_mean_when_asked()
    {
        using var scope = NewDisposeScope();
        var (x, mask) = (Grid([1, 3, 99], [5, 7, -4]), Grid([1, 1, 0], [1, 1, 0])); // mean 4, variance (9 + 1 + 1 + 9) / 4 = 5, 1/√5 = 0.447214
        Equal([-1.341641, -0.447214, 0, 0.447214, 1.341641, 0], Masked.Whiten(x, mask));
        Equal([2.658359, 3.552786, 0, 4.447214, 5.341641, 0], Masked.Whiten(x, mask, keepMean: true));
    }

    [Fact]
    public void K1_and_k3_of_one_token()
    {
        using var scope = NewDisposeScope();
        var (policy, other) = (tensor(new[] { 0.5f, 0.25f }).log(), tensor(new[] { 0.25f, 0.5f }).log());
        Equal([0.693147, -0.693147], KullbackLeibler.K1(policy, other)); // ±ln 2
        Equal([0.193147, 0.306853], KullbackLeibler.K3(policy, other)); // ½ − 1 + ln 2; 2 − 1 − ln 2
    }

    [Fact]
    public void Advantages_run_backwards_with_value_0_after_the_end()
    {
        using var scope = NewDisposeScope();
        // Row 1, γ 0.9, λ 0.5: δ₂ = 1 − 0.3 = 0.7; δ₁ = 0.9·0.3 − 0.2 = 0.07; δ₀ = 0.9·0.2 − 0.1 = 0.08.
        // A₂ = 0.7; A₁ = 0.07 + 0.45·0.7 = 0.385; A₀ = 0.08 + 0.45·0.385 = 0.25325.
        // Row 2 ends after two tokens, and its padding holds nonsense: δ₁ = 2 − 0.5 = 1.5; δ₀ = 0.9·0.5 − 0.4 = 0.05; A₀ = 0.05 + 0.675 = 0.725.
        var (advantages, returns) = AdvantageEstimation.Estimate(
            Grid([0, 0, 1], [0, 2, 77]), Grid([0.1f, 0.2f, 0.3f], [0.4f, 0.5f, 88]), Grid([1, 1, 1], [1, 1, 0]), discount: 0.9, trace: 0.5);
        Equal([0.25325, 0.385, 0.7, 0.725, 1.5, 0], advantages);
        Equal([0.35325, 0.585, 1.0, 1.125, 2.0, 0], returns); // A + V, unwhitened
    }

    [Fact]
    public void Policy_loss_takes_the_larger_of_the_two()
    {
        using var scope = NewDisposeScope();
        var ratio = PolicyLoss.Ratio(tensor(new[] { 1.5f, 0.5f, 1.5f, 0.5f, 1f }).log(), zeros(5));
        var advantages = tensor(new[] { 2f, 2f, -2f, -2f, 3f });
        // A > 0: clipped above at 1.2 → −2.4, free below → −1; A < 0: free above → 3, clipped below at 0.8 → 1.6.
        Equal([-2.4, -1, 3, 1.6, -3], PolicyLoss.Clipped(ratio, advantages, 0.2));
        Equal([1, 0, 0, 1, 0], PolicyLoss.IsClipped(ratio, advantages, 0.2));
        Assert.Equal(Math.Exp(20), PolicyLoss.Ratio(tensor(500f), tensor(0f)).item<float>(), 1e3); // the log-ratio is held at 20
    }

    [Fact]
    public void Value_loss_takes_the_larger_of_the_two_and_halves_it()
    {
        using var scope = NewDisposeScope();
        var (values, old, returns) = (tensor(new[] { 1f, 1f, 0.1f }), zeros(3), tensor(new[] { 1f, 0f, 1f }));
        // Held at 0.2: max(0, 0.64)/2; max(1, 0.04)/2; within the range: 0.81/2.
        Equal([0.32, 0.5, 0.405], ValueLoss.Clipped(values, old, returns, 0.2));
        Equal([1, 0, 0], ValueLoss.IsClipped(values, old, returns, 0.2));
    }

    [Fact]
    public void Log_probabilities_and_entropy_are_of_logits_over_temperature()
    {
        using var scope = NewDisposeScope();
        var logits = Grid([(float)Math.Log(9), 0]); // at τ 2: odds 3 to 1
        var (logarithms, entropy) = TokenProbabilities.Of(logits, tensor(new long[] { 1 }), temperature: 2);
        Assert.Equal(Math.Log(0.25), logarithms.item<float>(), 1e-5);
        Assert.Equal(-(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25)), entropy.item<float>(), 1e-5); // 0.562335
    }

    [Fact]
    public void Explained_variance_is_1_for_knowing_and_0_for_the_mean()
    {
        using var scope = NewDisposeScope();
        var (returns, mask) = (Grid([1, 2, 3, 50]), Grid([1, 1, 1, 0]));
        Assert.Equal(1, ExplainedVariance.Of(returns, returns, mask), 1e-6);
        Assert.Equal(0, ExplainedVariance.Of(full(1, 4, 2), returns, mask), 1e-6);
        Assert.Equal(0.75, ExplainedVariance.Of(Grid([1, 1.5f, 2, 9]), returns, mask), 1e-5); // errors 0, ½, 1: variance 1/6 of 2/3
        Assert.Equal(0, ExplainedVariance.Of(returns, ones(1, 4), mask));
    }

    [Fact]
    public void Kl_controller_follows_its_target_and_a_fixed_one_stays()
    {
        var adaptive = new KlController(0.1, target: 6, horizon: 1000);
        adaptive.Update(divergence: 12, answers: 50); // e held at 0.2
        Assert.Equal(0.101, adaptive.Coefficient, 1e-9);
        adaptive.Update(divergence: 5.4, answers: 50); // e = −0.1
        Assert.Equal(0.101 * 0.995, adaptive.Coefficient, 1e-9);
        var still = new KlController(0.1, target: null, horizon: 1000);
        still.Update(100, 50);
        Assert.Equal(0.1, still.Coefficient);
    }

    [Fact]
    public void The_score_is_added_at_the_last_token_only_and_padding_is_exactly_0()
    {
        using var scope = NewDisposeScope();
        var mask = Grid([1, 1, 0], [1, 1, 1]);
        var penalties = RewardShaping.KlPenalty(Grid([-1, -2, -9], [-1, -1, -1]), Grid([-2, -1, float.NaN], [-1, -3, -1]), mask, 0.1);
        Equal([-0.1, 0.1, 0, 0, -0.2, 0], penalties);
        Equal([-0.1, 3.1, 0, 0, -0.2, 5], RewardShaping.WithScores(penalties, tensor(new[] { 3f, 5f }), tensor(new long[] { 2, 3 })));
    }

    [Fact]
    public void Scores_are_clipped_and_an_answer_without_EOS_pays()
    {
        using var scope = NewDisposeScope();
        var (scores, ended) = (tensor(new[] { 9f, -9f, 3f }), tensor(new[] { 1f, 1f, 0f }));
        Equal([5, -5, -1], RewardShaping.Replaced(scores, ended, clip: 5, missing: -1));
        Equal([5, -5, 2], RewardShaping.Penalised(scores, ended, clip: 5, penalty: 1));
    }

    [Fact]
    public void Dpo_loss_of_margins()
    {
        using var scope = NewDisposeScope();
        var chosen = DpoLoss.ImplicitReward(tensor(new[] { -1f, -1f }), tensor(new[] { -3f, -1f }), 0.5); // 1, 0
        var rejected = DpoLoss.ImplicitReward(tensor(new[] { -4f, -1f }), tensor(new[] { -2f, -1f }), 0.5); // −1, 0
        Equal([1, 0], chosen);
        Equal([0.126928, 0.693147], DpoLoss.Of(chosen, rejected)); // ln(1 + e⁻²), ln 2
        Equal([0.326928, 0.693147], DpoLoss.Of(chosen, rejected, smoothing: 0.1)); // 0.9·0.126928 + 0.1·2.126928
    }

    private static Tensor Grid(params float[][] rows) => tensor(rows.SelectMany(r => r).ToArray(), [rows.Length, rows[0].Length]);

    private static void Equal(double[] expected, Tensor actual) =>
        Assert.All(expected.Zip(actual.contiguous().data<float>().ToArray()), p => Assert.Equal(p.First, p.Second, 1e-5));
}
