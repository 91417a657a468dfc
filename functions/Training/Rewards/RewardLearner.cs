using System.Text.Json.Nodes;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Rewards;

/// <summary>Ranking of answers as <see cref="TrainingLoop"/> trains it: questions in a new seeded order every epoch, all answers of a question in one forward pass.</summary>
internal sealed class RewardLearner : ILearner
{
    private readonly RewardModel _model;
    private readonly IReadOnlyList<EncodedComparison> _comparisons;
    private readonly RewardOptions _options;
    private readonly int _seed;
    private long _drawn;
    private (long Epoch, int[] Order) _order = (-1, []);

    public RewardLearner(RewardModel model, IReadOnlyList<EncodedComparison> comparisons, RewardOptions options, int seed)
    {
        (_model, _comparisons, _options, _seed) = (model, comparisons, options, seed);
        CpuWork.Use(options.Threads);
    }

    public LlamaConfig Config => _model.Config;

    public IReadOnlyList<(string Name, Tensor Value)> Parameters => _model.Parameters;

    /// <summary>Comparisons drawn so far, and how many there are.</summary>
    public JsonNode Cursor
    {
        get => new JsonObject { ["drawn"] = _drawn, ["of"] = _comparisons.Count };
        set
        {
            if ((int)value["of"]! != _comparisons.Count) throw new StageException($"The checkpoint was written with {value["of"]} training comparisons, now there are {_comparisons.Count}: put the data back, or delete the folder to start afresh.");
            _drawn = (long)value["drawn"]!;
        }
    }

    public (double Loss, long Tokens) Accumulate()
    {
        set_num_threads(1);
        double loss = 0;
        long tokens = 0;
        var left = (long)_options.Epochs * _comparisons.Count - _drawn;
        var questions = Math.Min(left, (long)_options.BatchRows * _options.Accumulation);
        for (var done = 0L; done < questions; done += _options.BatchRows)
        {
            using var scope = NewDisposeScope();
            EncodedComparison[] batch = [.. Enumerable.Range(0, (int)Math.Min(_options.BatchRows, questions - done)).Select(_ => Draw())];
            var sum = Loss(_model, batch, _options);
            (sum / questions).backward();
            loss += sum.item<float>();
            tokens += batch.Sum(c => c.Ids.Sum(i => i.Length));
        }

        return (loss / questions, tokens);
    }

    /// <summary>The ranking losses of some comparisons, added up.</summary>
    public static Tensor Loss(RewardModel model, IReadOnlyList<EncodedComparison> batch, RewardOptions options)
    {
        var (ids, lengths) = EncodedComparison.Pad(batch);
        var rewards = model.Raw(ids.to(model.Device), lengths.to(model.Device)); // (answers of all questions)
        var (sum, start) = (zeros(1, device: model.Device).squeeze(), 0L);
        foreach (var (comparison, answers) in batch)
        {
            var better = tensor(comparison.Pairs.Select(p => (long)p.Better).ToArray(), device: model.Device);
            var worse = tensor(comparison.Pairs.Select(p => (long)p.Worse).ToArray(), device: model.Device);
            var margins = options.Margin == 0 ? null : tensor(comparison.Pairs.Select(p => (float)(options.Margin * (comparison.Answers[p.Better].Score - comparison.Answers[p.Worse].Score))).ToArray(), device: model.Device);
            sum = sum + RankingLoss.Of(rewards.narrow(0, start, answers.Length), better, worse, margins, options.Centring);
            start += answers.Length;
        }

        return sum;
    }

    // The model is its owner's.
    public void Dispose()
    {
    }

    private EncodedComparison Draw()
    {
        var epoch = _drawn / _comparisons.Count;
        if (_order.Epoch != epoch)
        {
            int[] order = [.. Enumerable.Range(0, _comparisons.Count)];
            new Random(unchecked(_seed * 486_187_739 + (int)epoch * 92_821)).Shuffle(order);
            _order = (epoch, order);
        }

        return _comparisons[_order.Order[_drawn++ % _comparisons.Count]];
    }
}
