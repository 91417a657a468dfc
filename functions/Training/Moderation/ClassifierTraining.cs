using ChatLoop.Training.Cli;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Moderation;

/// <summary>Trains the classifier with Adam and keeps the weights of the epoch with the best mean average precision on the validation texts.</summary>
internal sealed class ClassifierTraining(ModerationClassifier model, ModerationOptions options, IReadOnlyList<string> categories, int seed, IReporter reporter)
{
    private const int ScoringRows = 512;

    /// <returns>The mean average precision of the weights that are kept.</returns>
    public double Run(EncodedText[] train, EncodedText[] val, CancellationToken cancellationToken)
    {
        using var optimizer = optim.Adam(model.parameters(), options.LearningRate);
        var random = new Random(seed);
        var steps = options.Epochs * (int)Math.Ceiling(train.Length / (double)options.BatchRows);
        var (step, best, kept) = (0, double.NegativeInfinity, new Dictionary<string, Tensor>());
        for (var epoch = 1; epoch <= options.Epochs; epoch++)
        {
            var order = Enumerable.Range(0, train.Length).ToArray();
            random.Shuffle(order);
            double sum = 0;
            model.train();
            foreach (var rows in order.Chunk(options.BatchRows))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var group in optimizer.ParamGroups) group.LearningRate = options.LearningRate * (1 - ((double)step / steps));
                sum += Step(optimizer, [.. rows.Select(row => train[row])], random) * rows.Length;
                reporter.Progress("training", ++step, steps, $"epoch {epoch}, loss {sum / Math.Max(1, train.Length):F4}");
            }

            var mean = MeanAveragePrecision(val);
            reporter.Line($"  epoch {epoch}: loss {sum / train.Length:F4}, mean average precision {mean:F4}");
            if (mean <= best) continue;
            best = mean;
            foreach (var (name, parameter) in model.named_parameters())
            {
                if (kept.Remove(name, out var former)) former.Dispose();
                kept[name] = parameter.detach().clone();
            }
        }

        using var noGrad = no_grad();
        foreach (var (name, parameter) in model.named_parameters())
        {
            parameter.copy_(kept[name]);
            kept[name].Dispose();
        }

        return best;
    }

    /// <summary>Probabilities, by text and category.</summary>
    public float[][] Score(IEnumerable<long[]> texts)
    {
        model.eval();
        var scores = new List<float[]>();
        foreach (var batch in texts.Chunk(ScoringRows))
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var (buckets, offsets) = Bags(batch);
            var values = model.forward(buckets, offsets).sigmoid().data<float>().ToArray();
            scores.AddRange(values.Chunk(categories.Count));
        }

        return [.. scores];
    }

    private double Step(optim.Optimizer optimizer, EncodedText[] rows, Random random)
    {
        using var scope = NewDisposeScope();
        var (buckets, offsets) = Bags([.. rows.Select(row => Thinned(row.Buckets, random))]);
        var labels = tensor(rows.SelectMany(row => row.Labels).ToArray()).reshape(rows.Length, categories.Count);
        var loss = MaskedLoss.Of(model.forward(buckets, offsets), labels);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    }

    private long[] Thinned(long[] buckets, Random random)
    {
        if (options.FeatureDropout == 0) return buckets;
        var kept = Array.FindAll(buckets, _ => random.NextDouble() >= options.FeatureDropout);
        return kept.Length > 0 ? kept : buckets;
    }

    private static (Tensor Buckets, Tensor Offsets) Bags(long[][] texts)
    {
        var offsets = new long[texts.Length];
        for (var i = 1; i < texts.Length; i++) offsets[i] = offsets[i - 1] + texts[i - 1].Length;
        return (tensor(texts.SelectMany(text => text).ToArray()), tensor(offsets));
    }

    private double MeanAveragePrecision(EncodedText[] val)
    {
        var scores = Score(val.Select(text => text.Buckets));
        return Enumerable.Range(0, categories.Count)
            .Select(c => AveragePrecision.Of([.. Enumerable.Range(0, val.Length).Where(i => val[i].Labels[c] >= 0).Select(i => ((double)scores[i][c], val[i].Labels[c] > 0))]))
            .Where(area => !double.IsNaN(area)).DefaultIfEmpty(0).Average();
    }
}
