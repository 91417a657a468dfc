using ChatLoop.Training.Modeling;
using ChatLoop.Training.ReinforcementLearning.Mathematics;
using ChatLoop.Training.ReinforcementLearning.Rollouts;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>From answers to what PPO learns from: log-probabilities, values, rewards per token, advantages.</summary>
internal sealed class ExperienceMaker(Llama policy, Llama reference, ValueNetwork value, IScorer scorer, PpoOptions options)
{
    public RewardScale Scale { get; set; } = RewardScale.None;

    /// <summary>The experience lives in the caller's dispose scope.</summary>
    /// <param name="coefficient">β of this batch.</param>
    /// <param name="measured">Gets what the metrics say of the batch.</param>
    public Experience Make(IReadOnlyList<Question> questions, IReadOnlyList<Answer> answers, double coefficient, IDictionary<string, double> measured)
    {
        using var noGrad = no_grad();
        var all = Sequences.Of([.. questions.Zip(answers, (q, a) => (q.Ids, a.Ids))], policy.Device);
        var (mask, rows) = (all.Mask, (double)all.Count);
        var (logPolicy, entropy, logReference, values, raw) = Forward(all);
        var ended = tensor(answers.Select(a => a.Ended ? 1f : 0f).ToArray(), device: policy.Device);
        var scaled = Scale.Apply(raw);
        var scores = options.MissingEosPenalty is { } penalty
            ? RewardShaping.Penalised(scaled, ended, options.RewardClip, penalty)
            : RewardShaping.Replaced(scaled, ended, options.RewardClip, options.MissingEosScore);
        var penalties = RewardShaping.KlPenalty(logPolicy, logReference, mask, coefficient);
        var rewards = RewardShaping.WithScores(penalties, scores, all.AnswerLengths);
        if (options.WhitenRewards) rewards = Masked.Whiten(rewards, mask, keepMean: true);
        var (advantages, returns) = AdvantageEstimation.Estimate(rewards, values, mask, options.Discount, options.Trace);

        measured["objective/kl"] = Number(Masked.Sum(KullbackLeibler.K1(logPolicy, logReference), mask)) / rows;
        measured["objective/kl_k3"] = Number(Masked.Sum(KullbackLeibler.K3(logPolicy, logReference), mask)) / rows;
        measured["objective/entropy"] = Number(Masked.Mean(entropy, mask));
        measured["objective/scores"] = Number(raw.mean());
        measured["objective/non_score_reward"] = Number(penalties.sum()) / rows;
        measured["objective/rlhf_reward"] = Number((penalties.sum(1) + scores).mean());
        measured["val/explained_variance"] = ExplainedVariance.Of(values, returns, mask);
        measured["val/mean_value"] = Number(Masked.Mean(values, mask));
        measured["rollout/length"] = Number(mask.sum(1).mean());
        measured["rollout/share_with_eos"] = Number(ended.mean());
        measured["rollout/logprob_gap"] = Gap(answers, logPolicy);
        return new Experience(all, logPolicy, values, Masked.Whiten(advantages, mask), returns);
    }

    // In pieces, so that the logits of a whole batch are never there at once.
    private (Tensor LogPolicy, Tensor Entropy, Tensor LogReference, Tensor Values, Tensor Scores) Forward(Sequences all)
    {
        var parts = new List<Tensor[]>();
        foreach (var rows in Enumerable.Range(0, all.Count).Select(i => (long)i).Chunk(options.MicroRows))
        {
            using var scope = NewDisposeScope();
            var part = all.Rows(tensor(rows, device: policy.Device));
            var (logPolicy, entropy) = PolicyForward.Run(policy, part, options.Temperature);
            var logReference = PolicyForward.Run(reference, part, options.Temperature).LogProbabilities;
            Tensor[] made = [logPolicy, entropy, logReference, value.Values(part), scorer.Score(part.Ids, part.Lengths)];
            parts.Add([.. made.Select(t => t.MoveToOuterDisposeScope())]);
        }

        Tensor Joined(int i) => cat([.. parts.Select(p => p[i])]);
        return (Joined(0), Joined(1), Joined(2), Joined(3), Joined(4));
    }

    // The largest difference between drawing a token and scoring it: the cache, the padding or the temperature is wrong where this is not tiny.
    private static double Gap(IReadOnlyList<Answer> answers, Tensor logPolicy)
    {
        var width = (int)logPolicy.shape[1];
        var scored = logPolicy.cpu().data<float>().ToArray();
        return answers.Index().Max(a => a.Item.LogProbabilities.Index().Max(l => Math.Abs(l.Item - scored[a.Index * width + l.Index])));
    }

    private static double Number(Tensor scalar) => scalar.item<float>();
}
