using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Optimization;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101): decay is apart from the gradient and only on matrices, never on
/// norms. On the CPU one pass over memory reads the gradient, clips, updates both moments and the weight, and clears
/// the gradient for the next step; on other devices the same in libtorch's operations.
/// </summary>
internal sealed class AdamW : IDisposable
{
    // Floats to a piece of work: 64 K × 4 arrays × 4 bytes stay within the second-level cache.
    private const int Piece = 1 << 16;

    private readonly List<Slot> _slots = [];
    private readonly (double Beta1, double Beta2, double Epsilon, double WeightDecay) _settings;

    public AdamW(IEnumerable<(string Name, Tensor Parameter)> parameters, double beta1, double beta2, double epsilon, double weightDecay)
    {
        _settings = (beta1, beta2, epsilon, weightDecay);
        foreach (var (name, parameter) in parameters)
        {
            _slots.Add(new Slot(name, parameter, zeros_like(parameter).detach().DetachFromDisposeScope(), zeros_like(parameter).detach().DetachFromDisposeScope()));
        }
    }

    /// <summary>Steps done: the t of the bias correction.</summary>
    public long Steps { get; set; }

    /// <summary>First and second moments by parameter name, for checkpoints.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        _slots.SelectMany(s => new[] { ($"adamw.first.{s.Name}", s.First), ($"adamw.second.{s.Name}", s.Second) });

    /// <summary>The Euclidean norm of all gradients together.</summary>
    public double GradientNorm()
    {
        double squares = 0;
        foreach (var slot in _slots)
        {
            using var scope = NewDisposeScope();
            squares += slot.Parameter.grad is { } gradient ? (gradient * gradient).sum(ScalarType.Float64).item<double>() : 0;
        }

        return Math.Sqrt(squares);
    }

    /// <summary>One update with gradients times <paramref name="gradientScale"/> (clipping), which are zero afterwards.</summary>
    public void Step(double learningRate, double gradientScale)
    {
        Steps++;
        var (beta1, beta2, epsilon, decay) = _settings;
        var correction1 = 1 - Math.Pow(beta1, Steps);
        var correction2 = 1 - Math.Pow(beta2, Steps);
        using var noGrad = no_grad();
        foreach (var slot in _slots)
        {
            using var scope = NewDisposeScope();
            if (slot.Parameter.grad is not { } gradient) continue;
            var shrink = slot.Parameter.dim() >= 2 ? 1 - learningRate * decay : 1;
            var rule = new Rule((float)beta1, (float)beta2, (float)(epsilon * Math.Sqrt(correction2)), (float)shrink,
                (float)(learningRate * Math.Sqrt(correction2) / correction1), (float)gradientScale);
            if (slot.Parameter.device_type == DeviceType.CPU && gradient.is_contiguous()) OnePass(slot, gradient, rule);
            else ByOperations(slot, gradient, rule);
        }
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            slot.First.Dispose();
            slot.Second.Dispose();
        }
    }

    internal static void ByOperations(Slot slot, Tensor gradient, Rule rule)
    {
        gradient.mul_(rule.GradientScale);
        slot.First.mul_(rule.Beta1).add_(gradient, alpha: 1 - rule.Beta1);
        slot.Second.mul_(rule.Beta2).addcmul_(gradient, gradient, 1 - rule.Beta2);
        slot.Parameter.mul_(rule.Shrink).addcdiv_(slot.First, slot.Second.sqrt().add_(rule.Epsilon), -rule.Rate);
        gradient.zero_();
    }

    internal static unsafe void OnePass(Slot slot, Tensor gradient, Rule rule)
    {
        var count = slot.Parameter.numel();
        var (w, g) = ((nint)TensorMemory.Address(slot.Parameter), (nint)TensorMemory.Address(gradient));
        var (m, v) = ((nint)TensorMemory.Address(slot.First), (nint)TensorMemory.Address(slot.Second));
        var pieces = (int)((count + Piece - 1) / Piece);
        if (pieces == 1)
        {
            Span((float*)w, (float*)g, (float*)m, (float*)v, count, rule);
            return;
        }

        Parallel.For(0, pieces, CpuWork.Options, i =>
        {
            var start = (long)i * Piece;
            Span((float*)w + start, (float*)g + start, (float*)m + start, (float*)v + start, Math.Min(Piece, count - start), rule);
        });
    }

    private static unsafe void Span(float* w, float* g, float* m, float* v, long count, Rule rule)
    {
        long i = 0;
        for (; i + Vector512<float>.Count <= count; i += Vector512<float>.Count)
        {
            var gradient = Vector512.Load(g + i) * rule.GradientScale;
            var first = Vector512.Load(m + i) * rule.Beta1 + gradient * (1 - rule.Beta1);
            var second = Vector512.Load(v + i) * rule.Beta2 + gradient * gradient * (1 - rule.Beta2);
            first.Store(m + i);
            second.Store(v + i);
            (Vector512.Load(w + i) * rule.Shrink - first * rule.Rate / (Vector512.Sqrt(second) + Vector512.Create(rule.Epsilon))).Store(w + i);
            Vector512<float>.Zero.Store(g + i);
        }

        for (; i < count; i++)
        {
            var gradient = g[i] * rule.GradientScale;
            m[i] = m[i] * rule.Beta1 + gradient * (1 - rule.Beta1);
            v[i] = v[i] * rule.Beta2 + gradient * gradient * (1 - rule.Beta2);
            w[i] = w[i] * rule.Shrink - m[i] * rule.Rate / (MathF.Sqrt(v[i]) + rule.Epsilon);
            g[i] = 0;
        }
    }

    /// <summary>A parameter and its moments.</summary>
    internal sealed record Slot(string Name, Tensor Parameter, Tensor First, Tensor Second);

    /// <summary>One step's numbers, with the bias corrections folded into <see cref="Rate"/> and <see cref="Epsilon"/>.</summary>
    internal readonly record struct Rule(float Beta1, float Beta2, float Epsilon, float Shrink, float Rate, float GradientScale);
}
