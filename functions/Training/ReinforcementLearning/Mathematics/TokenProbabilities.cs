using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning.Mathematics;

/// <summary>What a model says of the tokens that came: always from logits/τ, the distribution that they were drawn from.</summary>
internal static class TokenProbabilities
{
    /// <summary>log softmax(logits / τ) at the targets and the entropy of that distribution, in nats.</summary>
    /// <param name="logits">(…, V)</param>
    /// <param name="targets">int64 (…)</param>
    /// <param name="temperature">τ of the rollout.</param>
    /// <returns>Both (…); the entropy is without gradients.</returns>
    public static (Tensor LogProbabilities, Tensor Entropy) Of(Tensor logits, Tensor targets, double temperature)
    {
        var logarithms = nn.functional.log_softmax(temperature == 1 ? logits : logits / temperature, -1);
        return (logarithms.gather(-1, targets.unsqueeze(-1)).squeeze(-1), Entropy(logarithms.detach()));
    }

    /// <summary>−Σ p·log p over the last dimension, (…, V) → (…).</summary>
    public static Tensor Entropy(Tensor logarithms) => -(logarithms.exp() * logarithms).sum(-1);
}
