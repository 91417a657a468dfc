using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning.Mathematics;

/// <summary>How much of the returns the value network knew: 1 all, 0 no more than their mean, negative worse than that.</summary>
internal static class ExplainedVariance
{
    /// <summary>1 − Var(R − V) / Var(R) over the mask; 0 where all returns are alike.</summary>
    /// <param name="values">(B, R)</param>
    /// <param name="returns">(B, R)</param>
    /// <param name="mask">(B, R)</param>
    public static double Of(Tensor values, Tensor returns, Tensor mask)
    {
        var all = Masked.Variance(returns, mask).item<float>();
        return all < 1e-12 ? 0 : 1 - Masked.Variance(returns - values, mask).item<float>() / all;
    }
}
