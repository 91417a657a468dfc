using System.Runtime.Intrinsics;
using TorchSharp;

namespace ChatLoop.Training.Optimization;

/// <summary>Softmax, cross-entropy and their gradient over rows of logits in one go, row by row while each is in the cache.</summary>
internal static unsafe class SoftmaxGradient
{
    /// <summary>Turns logits (N, V) into weightᵢ · (softmax − one-hot target) where they are; returns Σ weightᵢ · −ln p(targetᵢ).</summary>
    /// <param name="logits">float32 (N, V) on the CPU, overwritten.</param>
    /// <param name="targets">int64 (N, 1)</param>
    /// <param name="weights">float32 (N, 1)</param>
    public static double InPlace(torch.Tensor logits, torch.Tensor targets, torch.Tensor weights)
    {
        var (rows, width) = ((int)logits.shape[0], (int)logits.shape[1]);
        var address = TensorMemory.Address(logits);
        var ids = targets.data<long>().ToArray();
        var rowWeights = weights.data<float>().ToArray();
        double loss = 0;
        for (var i = 0; i < rows; i++) loss += Row(address + (long)i * width, width, (int)ids[i], rowWeights[i]);
        return loss;
    }

    private static double Row(float* row, int width, int target, float weight)
    {
        if (weight == 0)
        {
            new Span<float>(row, width).Clear();
            return 0;
        }

        var step = Vector512<float>.Count;
        var whole = width - width % step;
        var tops = Vector512.Create(float.NegativeInfinity);
        for (var i = 0; i < whole; i += step) tops = Vector512.Max(tops, Vector512.Load(row + i));
        var top = float.NegativeInfinity;
        for (var lane = 0; lane < step; lane++) top = MathF.Max(top, tops[lane]);
        for (var i = whole; i < width; i++) top = MathF.Max(top, row[i]);

        var ofTarget = row[target];
        var shift = Vector512.Create(top);
        var sums = Vector512<float>.Zero;
        for (var i = 0; i < whole; i += step)
        {
            var e = Vector512.Exp(Vector512.Load(row + i) - shift);
            e.Store(row + i);
            sums += e;
        }

        double sum = Vector512.Sum(sums);
        for (var i = whole; i < width; i++) sum += row[i] = MathF.Exp(row[i] - top);

        var scale = (float)(weight / sum);
        var scales = Vector512.Create(scale);
        for (var i = 0; i < whole; i += step) (Vector512.Load(row + i) * scales).Store(row + i);
        for (var i = whole; i < width; i++) row[i] *= scale;
        row[target] -= weight;
        return weight * (Math.Log(sum) + top - ofTarget);
    }
}
