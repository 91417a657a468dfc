using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.ReinforcementLearning.Mathematics;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>Learns from one batch: epochs, each a fresh permutation cut into minibatches (one optimiser step each), these into micro-batches.</summary>
internal sealed class PpoUpdate(Llama policy, ValueNetwork value, AdamW optimizer, IBatchSource? pretraining, PpoOptions options)
{
    /// <param name="seed">Of the permutations.</param>
    /// <param name="measured">Gets what the metrics say of the update.</param>
    public void Run(Experience experience, double learningRate, long seed, IDictionary<string, double> measured)
    {
        var all = new UpdateStatistics();
        var (steps, norms, stopped, mixed) = (0, 0.0, false, 0.0);
        for (var epoch = 0; epoch < options.Epochs && !stopped; epoch++)
        {
            long[] order = [.. Enumerable.Range(0, experience.Sequences.Count).Select(i => (long)i)];
            new Random(HashCodes.Mix(seed, epoch)).Shuffle(order);
            foreach (var rows in order.Chunk((order.Length + options.Minibatches - 1) / options.Minibatches))
            {
                var minibatch = Accumulate(experience, rows);
                all.Add(minibatch);
                stopped = minibatch.ApproximateKl > options.StopAtKl;
                if (stopped) break;
                if (options.PretrainingMix > 0) mixed += Mix();
                var norm = optimizer.GradientNorm();
                optimizer.Step(learningRate, norm > options.ClipNorm ? options.ClipNorm / norm : 1);
                (steps, norms) = (steps + 1, norms + norm);
            }
        }

        if (stopped) ClearGradients();
        all.WriteTo(measured);
        measured["policy/grad_norm"] = norms / Math.Max(1, steps);
        measured["policy/updates"] = steps;
        measured["policy/stopped_on_kl"] = stopped ? 1 : 0;
        if (options.PretrainingMix > 0) measured["loss/pretraining"] = mixed / Math.Max(1, steps);
    }

    // The gradient of the minibatch's masked means: every response token weighs the same, whichever micro-batch it is in.
    private UpdateStatistics Accumulate(Experience experience, long[] rows)
    {
        var statistics = new UpdateStatistics();
        using var outer = NewDisposeScope();
        var minibatch = experience.Rows(tensor(rows, device: policy.Device));
        var tokens = minibatch.Sequences.Mask.sum();
        foreach (var micro in Enumerable.Range(0, rows.Length).Select(i => (long)i).Chunk(options.MicroRows))
        {
            using var scope = NewDisposeScope();
            var part = minibatch.Rows(tensor(micro, device: policy.Device));
            var mask = part.Sequences.Mask;
            var (logPolicy, entropy) = PolicyForward.Run(policy, part.Sequences, options.Temperature);
            var values = value.Values(part.Sequences);
            var ratio = PolicyLoss.Ratio(logPolicy, part.LogProbabilities);
            var policyLoss = PolicyLoss.Clipped(ratio, part.Advantages, options.PolicyClip);
            var valueLoss = ValueLoss.Clipped(values, part.Values, part.Returns, options.ValueClip);
            (Masked.Sum(policyLoss + options.ValueCoefficient * valueLoss, mask) / tokens).backward();
            statistics.Add(mask,
                ("loss/policy_avg", policyLoss), ("loss/value_avg", valueLoss), ("policy/entropy_avg", entropy),
                ("policy/approxkl_avg", KullbackLeibler.K3(part.LogProbabilities, logPolicy)),
                ("policy/clipfrac_avg", PolicyLoss.IsClipped(ratio, part.Advantages, options.PolicyClip)),
                ("val/clipfrac_avg", ValueLoss.IsClipped(values, part.Values, part.Returns, options.ValueClip)),
                ("val/ratio", ratio), ("val/ratio_squared", ratio.square()));
        }

        return statistics;
    }

    // PPO-ptx (InstructGPT, equation 2): the fine-tuning loss, nats per learned token, beside the reward.
    private double Mix()
    {
        using var scope = NewDisposeScope();
        var batch = pretraining!.Next().To(policy.Device);
        var weight = batch.Weights.sum();
        var hidden = policy.Hidden(batch.Ids, batch.Positions, batch.Mask).flatten(0, 1);
        var mean = VocabularyLoss.Sum(hidden, policy.Embedding, batch.Targets.flatten(), batch.Weights.flatten()) / weight;
        (mean * options.PretrainingMix).backward();
        return mean.item<float>();
    }

    private void ClearGradients()
    {
        using var noGrad = no_grad();
        foreach (var parameter in policy.parameters().Concat(value.parameters())) parameter.grad?.zero_();
    }
}
