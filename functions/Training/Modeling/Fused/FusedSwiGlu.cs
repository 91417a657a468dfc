using System.Runtime.Intrinsics;
using TorchSharp;
using static ChatLoop.Training.Optimization.TensorMemory;
using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling.Fused;

/// <summary>silu(gate) · up on the CPU in one pass each way; only its two inputs are kept for the backward pass.</summary>
internal sealed unsafe class FusedSwiGlu : autograd.SingleTensorFunction<FusedSwiGlu>
{
    public override string Name => nameof(FusedSwiGlu);

    /// <param name="vars">gate and up, of the same shape.</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (gate, up) = (((Tensor)vars[0]).contiguous(), ((Tensor)vars[1]).contiguous());
        var result = empty_like(gate);
        Forward(Address(gate), Address(up), Address(result), gate.numel());
        Kept.Save(ctx, gate, up);
        return result;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = Kept.Read(ctx);
        var (gate, up, gradient) = (saved[0], saved[1], grad_output.contiguous());
        var (ofGate, ofUp) = (empty_like(gate), empty_like(up));
        Backward(Address(gate), Address(up), Address(gradient), Address(ofGate), Address(ofUp), gate.numel());
        return [ofGate, ofUp];
    }

    private static void Forward(float* gate, float* up, float* result, long count)
    {
        long i = 0;
        for (; i + Vector512<float>.Count <= count; i += Vector512<float>.Count)
        {
            var g = Vector512.Load(gate + i);
            (g / (Vector512<float>.One + Vector512.Exp(-g)) * Vector512.Load(up + i)).Store(result + i);
        }

        for (; i < count; i++) result[i] = gate[i] / (1 + MathF.Exp(-gate[i])) * up[i];
    }

    // With σ = sigmoid(g): d up = d · g σ, d gate = d · up · σ (1 + g (1 − σ))
    private static void Backward(float* gate, float* up, float* gradient, float* ofGate, float* ofUp, long count)
    {
        long i = 0;
        for (; i + Vector512<float>.Count <= count; i += Vector512<float>.Count)
        {
            var (g, d) = (Vector512.Load(gate + i), Vector512.Load(gradient + i));
            var sigmoid = Vector512<float>.One / (Vector512<float>.One + Vector512.Exp(-g));
            (d * g * sigmoid).Store(ofUp + i);
            (d * Vector512.Load(up + i) * sigmoid * (Vector512<float>.One + g * (Vector512<float>.One - sigmoid))).Store(ofGate + i);
        }

        for (; i < count; i++)
        {
            var sigmoid = 1 / (1 + MathF.Exp(-gate[i]));
            ofUp[i] = gradient[i] * gate[i] * sigmoid;
            ofGate[i] = gradient[i] * up[i] * sigmoid * (1 + gate[i] * (1 - sigmoid));
        }
    }
}
