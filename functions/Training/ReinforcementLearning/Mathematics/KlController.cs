namespace ChatLoop.Training.ReinforcementLearning.Mathematics;

/// <summary>
/// β of the penalty −β·KL: fixed where there is no target, else steered in proportion (Ziegler et al. 2019, arXiv:1909.08593, §2.2):
/// e = clip(KL / target − 1, −0.2, 0.2), β ← β·(1 + e·n / horizon).
/// </summary>
/// <param name="coefficient">β to begin with, reward per nat.</param>
/// <param name="target">KL to hold, nats per answer; null leaves β alone.</param>
/// <param name="horizon">Answers over which β follows.</param>
internal sealed class KlController(double coefficient, double? target, double horizon)
{
    /// <summary>β; set when a run goes on.</summary>
    public double Coefficient { get; set; } = coefficient;

    /// <param name="divergence">Mean KL of the answers, nats.</param>
    /// <param name="answers">n: how many there were.</param>
    public void Update(double divergence, int answers)
    {
        if (target is not { } wanted) return;
        Coefficient *= 1 + Math.Clamp(divergence / wanted - 1, -0.2, 0.2) * answers / horizon;
    }
}
