using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Benchmarks.Training;

/// <summary>A step as the trainer's loop takes it.</summary>
internal sealed class OurTraining : IDisposable
{
    private readonly Llama _model;
    private readonly Replicas _replicas;
    private readonly AdamW _optimizer;

    public OurTraining(LlamaConfig config, int threads)
    {
        _model = new Llama(config, seed: 1);
        _replicas = new Replicas(_model, threads);
        _optimizer = new AdamW(_model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)), 0.9, 0.95, 1e-8, 0.1);
    }

    /// <summary>One update; returns the loss.</summary>
    /// <param name="ids">int64 (B, T)</param>
    /// <param name="targets">int64 (B, T)</param>
    public double Step(Tensor ids, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var loss = _replicas.Accumulate(new Batch(ids, targets, ones(ids.shape[0], ids.shape[1])), ids.numel());
        var norm = _optimizer.GradientNorm();
        _optimizer.Step(1e-4, norm > 1 ? 1 / norm : 1);
        return loss / ids.numel();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _replicas.Dispose();
        _model.Dispose();
    }
}
