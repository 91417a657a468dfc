using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning.Mathematics;

/// <summary>
/// Estimates of KL(π ‖ q) from samples of π, token by token, in nats (Schulman 2020, "Approximating KL divergence"). Both take the
/// log-probabilities of the sampled tokens, of any one shape, and return that shape.
/// </summary>
internal static class KullbackLeibler
{
    /// <summary>k1 = log π − log q: right on average, but single values may be negative.</summary>
    public static Tensor K1(Tensor logPolicy, Tensor logOther) => logPolicy - logOther;

    /// <summary>k3 = q/π − 1 − log(q/π): right on average too, never negative, and of smaller variance.</summary>
    public static Tensor K3(Tensor logPolicy, Tensor logOther)
    {
        var logRatio = logOther - logPolicy;
        return logRatio.exp() - 1 - logRatio;
    }
}
