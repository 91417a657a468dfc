using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>The recipe's section `ppo`. Sources: [I] InstructGPT (arXiv:2203.02155), [Z] Ziegler et al. (arXiv:1909.08593), [N] "The N implementation details of RLHF with PPO", [P] PPO (arXiv:1707.06347).</summary>
internal sealed record PpoOptions : PreferenceOptions
{
    /// <summary>Batches of rollouts in all; each is learnt from <see cref="Epochs"/> times.</summary>
    [Range(1, 1_000_000)]
    public long TotalSteps { get; init; } = 100;

    /// <summary>Questions to a batch of rollouts [N: 512; here what two cores can bear].</summary>
    [Range(1, 65_536)]
    public int BatchRows { get; init; } = 64;

    /// <summary>Optimiser steps to a batch and epoch [N: 1, P: 4].</summary>
    [Range(1, 4096)]
    public int Minibatches { get; init; } = 2;

    /// <summary>Answers to a forward pass: gradients of several make a minibatch. Bounds memory only.</summary>
    [Range(1, 4096)]
    public int MicroRows { get; init; } = 16;

    /// <summary>Times that a batch is gone through, each in a new order [N: 4, I: 1].</summary>
    [Range(1, 64)]
    public int Epochs { get; init; } = 2;

    /// <summary>τ that rollouts sample with and every log-probability is computed under [N: 0.7, I: 1].</summary>
    [Range(0.05, 5.0)]
    public double Temperature { get; init; } = 1;

    /// <summary>β: reward lost per nat of KL from the reference [I: 0.02, N: 0.05].</summary>
    [Range(0.0, 100.0)]
    public double KlCoefficient { get; init; } = 0.05;

    /// <summary>KL per answer, nats, that β is steered towards; null keeps β as it is [Z: 6].</summary>
    [Range(1e-6, 1e6)]
    public double? KlTarget { get; init; }

    /// <summary>Answers over which β follows the KL [Z: 10,000].</summary>
    [Range(1.0, 1e9)]
    public double KlHorizon { get; init; } = 10_000;

    /// <summary>The largest score, either way, in deviations of the normalised reward [5 to 10 in practice].</summary>
    [Range(1e-6, 1e6)]
    public double RewardClip { get; init; } = 10;

    /// <summary>Score of an answer without EOS, in its own score's place [N: −1].</summary>
    [Range(-1e6, 1e6)]
    public double MissingEosScore { get; init; } = -1;

    /// <summary>If given, what an answer without EOS loses from its own score, instead of being replaced.</summary>
    [Range(0.0, 1e6)]
    public double? MissingEosPenalty { get; init; }

    /// <summary>Whether scores are shifted and scaled to mean 0 and deviation 1 on the reference's answers to the fixed questions [I, Z].</summary>
    public bool NormalizeReward { get; init; } = true;

    /// <summary>Whether per-token rewards are scaled to deviation 1, keeping their mean [Z; N found it no help].</summary>
    public bool WhitenRewards { get; init; }

    /// <summary>γ [N, I: 1].</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 1;

    /// <summary>λ [N: 0.95].</summary>
    [Range(0.0, 1.0)]
    public double Trace { get; init; } = 0.95;

    /// <summary>ε of the ratio [P: 0.2].</summary>
    [Range(1e-6, 10.0)]
    public double PolicyClip { get; init; } = 0.2;

    /// <summary>ε of the values, in units of the reward [N: 0.2].</summary>
    [Range(1e-6, 1e6)]
    public double ValueClip { get; init; } = 0.2;

    /// <summary>Weight of the value loss beside the policy's [N: 0.1].</summary>
    [Range(0.0, 100.0)]
    public double ValueCoefficient { get; init; } = 0.1;

    /// <summary>KL from the rollout's policy, nats per token, past which a batch is learnt from no further; null never stops.</summary>
    [Range(1e-6, 100.0)]
    public double? StopAtKl { get; init; } = 0.05;

    /// <summary>Weight of the fine-tuning loss mixed into every update, PPO-ptx; 0 leaves it out [I: 27.8 over pre-training text].</summary>
    [Range(0.0, 1000.0)]
    public double PretrainingMix { get; init; }

    /// <summary>Share of the average that stays at each step, for evaluation and the best checkpoint; 0 evaluates the policy itself [I: 0.992].</summary>
    [Range(0.0, 0.99999)]
    public double Average { get; init; }
}
