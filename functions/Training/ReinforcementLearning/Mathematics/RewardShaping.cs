using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning.Mathematics;

/// <summary>From a score per answer to a reward per token (Ziegler et al. 2019, equation 2; InstructGPT, arXiv:2203.02155, equation 2).</summary>
internal static class RewardShaping
{
    /// <summary>Scores held within ±<paramref name="clip"/>, then <paramref name="missing"/> in place of those whose answer never ended; (B).</summary>
    /// <param name="scores">(B), of the reward model.</param>
    /// <param name="ended">(B): 1 where the answer has its EOS.</param>
    /// <param name="clip">The largest score, either way.</param>
    /// <param name="missing">Score of an answer without EOS.</param>
    public static Tensor Replaced(Tensor scores, Tensor ended, double clip, double missing) =>
        where(ended > 0, scores.clamp(-clip, clip), full_like(scores, missing));

    /// <summary>Scores held within ±<paramref name="clip"/>, less <paramref name="penalty"/> where the answer never ended; (B).</summary>
    public static Tensor Penalised(Tensor scores, Tensor ended, double clip, double penalty) => scores.clamp(-clip, clip) - (1 - ended) * penalty;

    /// <summary>−β·(log π − log π_ref) on every response token, exactly 0 on padding; (B, R).</summary>
    /// <param name="logPolicy">(B, R), at the rollout.</param>
    /// <param name="logReference">(B, R)</param>
    /// <param name="mask">(B, R)</param>
    /// <param name="coefficient">β</param>
    public static Tensor KlPenalty(Tensor logPolicy, Tensor logReference, Tensor mask, double coefficient)
    {
        var penalty = -coefficient * KullbackLeibler.K1(logPolicy, logReference);
        return where(mask > 0, penalty, zeros_like(penalty));
    }

    /// <summary>The penalties with each answer's score added at its last token: its EOS, or where it was cut; (B, R).</summary>
    /// <param name="penalties">(B, R), from <see cref="KlPenalty"/>.</param>
    /// <param name="scores">(B)</param>
    /// <param name="lengths">int64 (B): response tokens, EOS counted, at least 1.</param>
    public static Tensor WithScores(Tensor penalties, Tensor scores, Tensor lengths) =>
        penalties.scatter_add(1, (lengths - 1).unsqueeze(1), scores.unsqueeze(1));
}
