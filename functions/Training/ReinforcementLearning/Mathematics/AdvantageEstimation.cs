using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning.Mathematics;

/// <summary>Generalised advantage estimation (Schulman et al. 2016, arXiv:1506.02438, equation 16).</summary>
internal static class AdvantageEstimation
{
    /// <summary>
    /// Backwards over each row: δₜ = rₜ + γ·Vₜ₊₁ − Vₜ, Aₜ = δₜ + γλ·Aₜ₊₁, with V and A 0 after the end. Returns are A + V of these advantages,
    /// before any whitening. Without gradients.
    /// </summary>
    /// <param name="rewards">(B, R): reward of response token t.</param>
    /// <param name="values">(B, R): what was expected before token t, so read at the position t − 1 of the sequence.</param>
    /// <param name="mask">(B, R): 1 on response tokens, which start at 0 and have no gap.</param>
    /// <param name="discount">γ; 1 for answers, whose length should not lower a reward.</param>
    /// <param name="trace">λ; 0 trusts the values, 1 trusts the rewards that came.</param>
    /// <returns>Advantages and returns, both (B, R), 0 outside the mask.</returns>
    public static (Tensor Advantages, Tensor Returns) Estimate(Tensor rewards, Tensor values, Tensor mask, double discount, double trace)
    {
        using var noGrad = no_grad();
        var length = rewards.shape[1];
        var (known, advantages) = (values * mask, zeros_like(rewards));
        var (nextValue, nextAdvantage) = (zeros(rewards.shape[0], device: rewards.device), zeros(rewards.shape[0], device: rewards.device));
        for (var t = length - 1; t >= 0; t--)
        {
            var here = mask.select(1, t);
            var delta = rewards.select(1, t) + discount * nextValue - known.select(1, t);
            nextAdvantage = (delta + discount * trace * nextAdvantage) * here;
            nextValue = known.select(1, t);
            advantages.select(1, t).copy_(nextAdvantage);
        }

        return (advantages, (advantages + known) * mask);
    }
}
