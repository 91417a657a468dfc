using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning.Mathematics;

/// <summary>PPO's clipped surrogate (Schulman et al. 2017, arXiv:1707.06347, equation 7), as a loss: its sign is turned.</summary>
internal static class PolicyLoss
{
    // e^±20 is far beyond every clip range, and its square is still a float.
    private const double LargestLogRatio = 20;

    /// <summary>ratio = exp(log π − log π_old), the logarithm held within ±20; any shape.</summary>
    public static Tensor Ratio(Tensor logPolicy, Tensor logOld) => (logPolicy - logOld).clamp(-LargestLogRatio, LargestLogRatio).exp();

    /// <summary>max(−A·ratio, −A·clip(ratio, 1 − ε, 1 + ε)) of each token: the larger, so the more cautious, of the two.</summary>
    /// <param name="ratio">(B, R), from <see cref="Ratio"/>.</param>
    /// <param name="advantages">(B, R), whitened.</param>
    /// <param name="clip">ε</param>
    public static Tensor Clipped(Tensor ratio, Tensor advantages, double clip) =>
        maximum(-advantages * ratio, -advantages * ratio.clamp(1 - clip, 1 + clip));

    /// <summary>1 where the clipped loss is the larger, so where the token teaches nothing; any shape.</summary>
    public static Tensor IsClipped(Tensor ratio, Tensor advantages, double clip) =>
        (-advantages * ratio.clamp(1 - clip, 1 + clip) > -advantages * ratio).to(ScalarType.Float32);
}
