using System.Text.Json.Nodes;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.ReinforcementLearning.Mathematics;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning;

/// <summary>DPO: learns from comparisons directly, without rollouts or a reward model.</summary>
internal sealed class DpoLearner : IPreferenceLearner, IDisposable
{
    private readonly DpoOptions _options;
    private readonly Llama _policy;
    private readonly Llama _reference;
    private readonly IReadOnlyList<AnswerPair> _comparisons;
    private readonly int _seed;
    private readonly AdamW _optimizer;
    private long _drawn;

    /// <param name="policy">Trained; starts as the reference.</param>
    /// <param name="reference">Frozen.</param>
    public DpoLearner(Llama policy, Llama reference, IReadOnlyList<AnswerPair> comparisons, DpoOptions options, int seed)
    {
        (_policy, _reference, _comparisons, _options, _seed) = (policy, reference, comparisons, options, seed);
        CpuWork.Use(options.Threads);
        set_num_threads(options.Threads);
        var weights = policy.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).ToList();
        _optimizer = new AdamW(weights, options.Beta1, options.Beta2, options.Epsilon, weightDecay: 0);
        Tensors = [.. weights, .. _optimizer.State];
    }

    public Llama Evaluated => _policy;

    public IReadOnlyList<(string Name, Tensor Value)> Tensors { get; }

    public long Tokens { get; private set; }

    public long Updates
    {
        get => _optimizer.Steps;
        set => _optimizer.Steps = value;
    }

    public JsonObject State
    {
        get => new() { ["drawn"] = _drawn, ["tokens"] = Tokens, ["pairs"] = _comparisons.Count };
        set
        {
            if ((int)value["pairs"]! != _comparisons.Count) throw new StageException("The checkpoint was written with other comparisons: put the data back, or delete the folder to start afresh.");
            (_drawn, Tokens) = ((long)value["drawn"]!, (long)value["tokens"]!);
        }
    }

    public IReadOnlyDictionary<string, double> Step(long step, double learningRate)
    {
        var sums = new Dictionary<string, double>();
        var batch = Next();
        foreach (var micro in batch.Chunk(_options.MicroRows)) Accumulate(micro, batch.Count, sums);
        var norm = _optimizer.GradientNorm();
        _optimizer.Step(learningRate, norm > _options.ClipNorm ? _options.ClipNorm / norm : 1);
        return new SortedDictionary<string, double>(sums.ToDictionary(s => s.Key, s => s.Value / batch.Count), StringComparer.Ordinal) { ["policy/grad_norm"] = norm };
    }

    public void Dispose() => _optimizer.Dispose();

    // Chosen and rejected go through the model in one pass, the former first.
    private void Accumulate(AnswerPair[] part, int total, Dictionary<string, double> sums)
    {
        using var scope = NewDisposeScope();
        var sequences = Sequences.Of([.. part.Select(c => (c.Question.Ids, c.Chosen)), .. part.Select(c => (c.Question.Ids, c.Rejected))], _policy.Device);
        var logPolicy = Summed(_policy, sequences);
        Tensor logReference;
        using (no_grad()) logReference = Summed(_reference, sequences);
        var rewards = DpoLoss.ImplicitReward(logPolicy, logReference, _options.Coefficient);
        var (chosen, rejected) = (rewards.narrow(0, 0, part.Length), rewards.narrow(0, part.Length, part.Length));
        var losses = DpoLoss.Of(chosen, rejected, _options.LabelSmoothing);
        (losses.sum() / total).backward();
        Tokens += (long)sequences.Mask.sum().item<float>();
        Add("loss/dpo", losses);
        Add("dpo/reward_chosen", chosen);
        Add("dpo/reward_rejected", rejected);
        Add("dpo/margin", chosen - rejected);
        Add("dpo/accuracy", (chosen > rejected).to(ScalarType.Float32));

        void Add(string name, Tensor values) => sums[name] = sums.GetValueOrDefault(name) + values.detach().sum().item<float>();
    }

    private static Tensor Summed(Llama model, Sequences sequences) =>
        (PolicyForward.Run(model, sequences, temperature: 1).LogProbabilities * sequences.Mask).sum(1);

    // An epoch's last batch may be short: no comparison comes twice before all have come once.
    private List<AnswerPair> Next()
    {
        var (epoch, at) = (_drawn / _comparisons.Count, (int)(_drawn % _comparisons.Count));
        int[] order = [.. Enumerable.Range(0, _comparisons.Count)];
        new Random(HashCodes.Mix(_seed, epoch)).Shuffle(order);
        List<AnswerPair> batch = [.. order.Skip(at).Take(_options.BatchRows).Select(i => _comparisons[i])];
        _drawn += batch.Count;
        return batch;
    }
}
