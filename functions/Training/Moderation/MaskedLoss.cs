using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Moderation;

/// <summary>Binary cross-entropy over known labels alone: an unknown label (−1) adds neither loss nor gradient.</summary>
internal static class MaskedLoss
{
    /// <param name="logits">(B, C)</param>
    /// <param name="labels">(B, C): 1, 0, or −1 for unknown.</param>
    public static Tensor Of(Tensor logits, Tensor labels)
    {
        var known = labels.ge(0).to_type(ScalarType.Float32);
        var each = nn.functional.binary_cross_entropy_with_logits(logits, labels.clamp_min(0), reduction: nn.Reduction.None);
        return (each * known).sum() / known.sum().clamp_min(1);
    }
}
