using ChatLoop.Training.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Optimization;

/// <summary>
/// Data parallelism within the process: each thread takes its share of a batch's rows through its own view of the model,
/// with gradients of its own and libtorch on one thread. Threads meet once a step instead of at every operation, which is
/// faster for small models, and far faster where other processes want the cores too: nobody waits at a barrier for a
/// thread that is not running. Gradients are added in the order of the shares, so the same number of threads repeats bit for bit.
/// </summary>
internal sealed class Replicas : IDisposable
{
    private readonly Llama[] _models;
    private readonly Tensor[][] _parameters;

    /// <param name="model">The model to train; its parameters get the summed gradients.</param>
    /// <param name="threads">How many shares; a GPU needs one.</param>
    public Replicas(Llama model, int threads)
    {
        CpuWork.Use(threads);
        if (model.Device.type != DeviceType.CPU) threads = 1;
        _models = [model, .. Enumerable.Range(1, threads - 1).Select(_ => model.Twin())];
        _parameters = [.. _models.Select(m => m.parameters().Cast<Tensor>().ToArray())];
    }

    /// <summary>Adds Σ weightᵢ · −ln pᵢ / <paramref name="divisor"/>'s gradient to the model's; returns the undivided sum.</summary>
    public double Accumulate(Batch batch, double divisor)
    {
        var rows = (int)batch.Ids.shape[0];
        var shares = Math.Min(rows, _models.Length);
        var losses = new double[shares];
        var others = Enumerable.Range(1, shares - 1).Select(i => Task.Run(() => losses[i] = Share(i))).ToArray();
        losses[0] = Share(0);
        Task.WaitAll(others);
        for (var i = 1; i < shares; i++) Collect(i);
        return losses.Sum();

        double Share(int i)
        {
            var (start, end) = (rows * i / shares, rows * (i + 1) / shares);
            set_num_threads(1); // OpenMP counts per calling thread
            using var scope = NewDisposeScope();
            var (model, part) = (_models[i], batch.Rows(start, end - start).To(_models[i].Device));
            var hidden = model.Hidden(part.Ids, part.Positions, part.Mask).flatten(0, 1); // (rows · T, C)
            var sum = VocabularyLoss.Sum(hidden, model.Embedding, part.Targets.flatten(), part.Weights.flatten());
            using var by = divisor.ToScalar();
            sum.div(by).backward();
            return sum.item<float>();
        }
    }

    public void Dispose()
    {
        foreach (var twin in _models.Skip(1)) twin.Dispose();
    }

    private void Collect(int replica)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        for (var i = 0; i < _parameters[0].Length; i++)
        {
            if (_parameters[replica][i].grad is not { } gradient) continue;
            _parameters[0][i].grad!.add_(gradient, LastingScalar.One);
            gradient.zero_();
        }
    }
}
