using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning.Mathematics;

/// <summary>Statistics over the entries of a grid (B, R) where the mask (B, R) is 1; what lies where it is 0 never counts.</summary>
internal static class Masked
{
    /// <summary>Σ m·x, a scalar. NaN or infinity under a 0 of the mask does no harm.</summary>
    public static Tensor Sum(Tensor x, Tensor mask) => where(mask > 0, x, zeros_like(x)).sum();

    /// <summary>Σ m·x / Σ m, a scalar.</summary>
    public static Tensor Mean(Tensor x, Tensor mask) => Sum(x, mask) / mask.sum();

    /// <summary>Σ m·(x − mean)² / Σ m, a scalar: the population's variance, without Bessel's correction.</summary>
    public static Tensor Variance(Tensor x, Tensor mask) => Mean((x - Mean(x, mask)).square(), mask);

    /// <summary>
    /// (x − mean) / √(variance + 1e-8) over all entries of the mask together, 0 elsewhere; with <paramref name="keepMean"/> the mean is added
    /// again. Rewards keep theirs, or "good" would mean no more than "better than this batch"; advantages do not (Ziegler et al. 2019, §2.2).
    /// </summary>
    public static Tensor Whiten(Tensor x, Tensor mask, bool keepMean = false)
    {
        var mean = Mean(x, mask);
        var white = (x - mean) * rsqrt(Variance(x, mask) + 1e-8);
        return where(mask > 0, keepMean ? white + mean : white, zeros_like(x));
    }
}
