using System.Runtime.Intrinsics;
using TorchSharp;
using static ChatLoop.Training.Optimization.TensorMemory;
using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling.Fused;

/// <summary><see cref="RmsNorm.Plain"/> on the CPU with each row read once forward and once backward.</summary>
internal sealed unsafe class FusedRmsNorm : autograd.SingleTensorFunction<FusedRmsNorm>
{
    public override string Name => nameof(FusedRmsNorm);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight, epsilon) = (((Tensor)vars[0]).contiguous(), (Tensor)vars[1], (float)(double)vars[2]);
        var width = (int)x.shape[^1];
        var rows = (int)(x.numel() / width);
        var result = empty_like(x);
        var scales = empty(rows);
        var px = Address(x);
        var pw = Address(weight);
        var pr = Address(result);
        var ps = Address(scales);
        for (var row = 0; row < rows; row++) ps[row] = Forward(px + (long)row * width, pw, pr + (long)row * width, width, epsilon);
        Kept.Save(ctx, x, weight, scales);
        return result;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = Kept.Read(ctx);
        var (x, weight, scales, gradient) = (saved[0], saved[1], saved[2], grad_output.contiguous());
        var width = (int)x.shape[^1];
        var rows = (int)(x.numel() / width);
        var (result, weightGradient) = (empty_like(x), zeros(width));
        var px = Address(x);
        var pw = Address(weight);
        var pg = Address(gradient);
        var pr = Address(result);
        var ps = Address(scales);
        var pd = Address(weightGradient);
        for (var row = 0; row < rows; row++)
        {
            var at = (long)row * width;
            Backward(px + at, pw, pg + at, pr + at, pd, width, ps[row]);
        }

        return [result, weightGradient, null!];
    }

    // Returns 1 / √(mean(x²) + ε), which the backward pass needs again.
    private static float Forward(float* x, float* weight, float* result, int width, float epsilon)
    {
        var squares = Vector512<float>.Zero;
        var i = 0;
        for (; i + Vector512<float>.Count <= width; i += Vector512<float>.Count)
        {
            var v = Vector512.Load(x + i);
            squares += v * v;
        }

        var sum = Vector512.Sum(squares);
        for (; i < width; i++) sum += x[i] * x[i];
        var scale = 1 / MathF.Sqrt(sum / width + epsilon);
        for (i = 0; i + Vector512<float>.Count <= width; i += Vector512<float>.Count)
        {
            (Vector512.Load(x + i) * scale * Vector512.Load(weight + i)).Store(result + i);
        }

        for (; i < width; i++) result[i] = x[i] * scale * weight[i];
        return scale;
    }

    // dx = s · (g w − x · s² · mean(g w x)), dw += g x s
    private static void Backward(float* x, float* weight, float* gradient, float* result, float* weightGradient, int width, float scale)
    {
        var products = Vector512<float>.Zero;
        var i = 0;
        for (; i + Vector512<float>.Count <= width; i += Vector512<float>.Count)
        {
            var gx = Vector512.Load(gradient + i) * Vector512.Load(x + i);
            products += gx * Vector512.Load(weight + i);
            (Vector512.Load(weightGradient + i) + gx * scale).Store(weightGradient + i);
        }

        var sum = Vector512.Sum(products);
        for (; i < width; i++)
        {
            sum += gradient[i] * x[i] * weight[i];
            weightGradient[i] += gradient[i] * x[i] * scale;
        }

        var pull = sum * scale * scale / width;
        for (i = 0; i + Vector512<float>.Count <= width; i += Vector512<float>.Count)
        {
            ((Vector512.Load(gradient + i) * Vector512.Load(weight + i) - Vector512.Load(x + i) * pull) * scale).Store(result + i);
        }

        for (; i < width; i++) result[i] = (gradient[i] * weight[i] - x[i] * pull) * scale;
    }
}
