using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning.Mathematics;

/// <summary>The value network's loss, held near the values of the rollout (PPO's reference implementation, openai/baselines `ppo2`).</summary>
internal static class ValueLoss
{
    /// <summary>½·max((V − R)², (V_clip − R)²) of each token, with V_clip within ±ε of the old value.</summary>
    /// <param name="values">(B, R), with gradients.</param>
    /// <param name="oldValues">(B, R), from the rollout.</param>
    /// <param name="returns">(B, R)</param>
    /// <param name="clip">ε, in units of the reward.</param>
    public static Tensor Clipped(Tensor values, Tensor oldValues, Tensor returns, double clip) =>
        maximum((values - returns).square(), (Held(values, oldValues, clip) - returns).square()) * 0.5;

    /// <summary>1 where the held value has the larger loss; (B, R).</summary>
    public static Tensor IsClipped(Tensor values, Tensor oldValues, Tensor returns, double clip) =>
        ((Held(values, oldValues, clip) - returns).square() > (values - returns).square()).to(ScalarType.Float32);

    private static Tensor Held(Tensor values, Tensor oldValues, double clip) => oldValues + (values - oldValues).clamp(-clip, clip);
}
