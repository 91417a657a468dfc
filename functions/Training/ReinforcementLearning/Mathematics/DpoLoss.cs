using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning.Mathematics;

/// <summary>Direct preference optimisation (Rafailov et al. 2023, arXiv:2305.18290, equation 7).</summary>
internal static class DpoLoss
{
    /// <summary>β·(log π(y|x) − log π_ref(y|x)): the reward that the policy implies, per answer (B).</summary>
    /// <param name="logPolicy">(B): summed over the answer's tokens.</param>
    /// <param name="logReference">(B)</param>
    /// <param name="coefficient">β</param>
    public static Tensor ImplicitReward(Tensor logPolicy, Tensor logReference, double coefficient) => coefficient * (logPolicy - logReference);

    /// <summary>
    /// −(1 − s)·log σ(margin) − s·log σ(−margin) of each pair (B), margin = chosen − rejected implicit reward; s is the share of labels taken
    /// to be wrong (conservative DPO), 0 for the paper's loss.
    /// </summary>
    /// <param name="chosen">(B) implicit rewards.</param>
    /// <param name="rejected">(B) implicit rewards.</param>
    /// <param name="smoothing">s</param>
    public static Tensor Of(Tensor chosen, Tensor rejected, double smoothing = 0)
    {
        var margin = chosen - rejected;
        var loss = -nn.functional.logsigmoid(margin);
        return smoothing == 0 ? loss : (1 - smoothing) * loss - smoothing * nn.functional.logsigmoid(-margin);
    }
}
