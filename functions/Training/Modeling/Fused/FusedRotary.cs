using System.Runtime.Intrinsics;
using TorchSharp;
using static ChatLoop.Training.Optimization.TensorMemory;
using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling.Fused;

/// <summary><see cref="RotaryPositions.Apply"/> on the CPU in one pass, on (B, T, H, D) as the projections leave it; backward turns the other way.</summary>
internal sealed unsafe class FusedRotary : autograd.SingleTensorFunction<FusedRotary>
{
    public override string Name => nameof(FusedRotary);

    /// <param name="vars">x (B, T, H, D), cosines and sines of (T, D) or (B, 1, T, D).</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, cosines, sines) = ((Tensor)vars[0], ((Tensor)vars[1]).contiguous(), ((Tensor)vars[2]).contiguous());
        Kept.Save(ctx, cosines, sines);
        return Turn(x, cosines, sines, forwards: true);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = Kept.Read(ctx);
        return [Turn(grad_output, saved[0], saved[1], forwards: false), null!, null!];
    }

    private static Tensor Turn(Tensor input, Tensor cosines, Tensor sines, bool forwards)
    {
        var x = input.contiguous();
        var (heads, size) = ((int)x.shape[2], (int)x.shape[3]);
        var tokens = (int)(x.shape[0] * x.shape[1]);
        var angles = (int)(cosines.numel() / size); // T rows serve every batch row alike, B · T rows each its own token
        var result = empty_like(x);
        var px = Address(x);
        var pr = Address(result);
        var pc = Address(cosines);
        var ps = Address(sines);
        var sign = forwards ? 1f : -1f;
        for (var token = 0; token < tokens; token++)
        {
            var angle = (long)(token % angles) * size;
            for (var head = 0; head < heads; head++)
            {
                var at = ((long)token * heads + head) * size;
                Turn(px + at, pr + at, pc + angle, ps + angle, size / 2, sign);
            }
        }

        return result;
    }

    private static void Turn(float* x, float* result, float* cosines, float* sines, int half, float sign)
    {
        var i = 0;
        for (; i + Vector512<float>.Count <= half; i += Vector512<float>.Count)
        {
            var (first, second) = (Vector512.Load(x + i), Vector512.Load(x + half + i));
            var (cosine, sine) = (Vector512.Load(cosines + i), Vector512.Load(sines + i) * sign);
            (first * cosine - second * sine).Store(result + i);
            (second * cosine + first * sine).Store(result + half + i);
        }

        for (; i < half; i++)
        {
            var (first, second, sine) = (x[i], x[half + i], sines[i] * sign);
            result[i] = first * cosines[i] - second * sine;
            result[half + i] = second * cosines[i] + first * sine;
        }
    }
}
