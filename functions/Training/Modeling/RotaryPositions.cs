using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Modeling;

/// <summary>
/// Rotary positions (Su et al. 2021, arXiv:2104.09864) in Hugging Face's layout: channel i turns with channel i + D/2,
/// by the angle position · θ^(−2i/D).
/// </summary>
internal static class RotaryPositions
{
    /// <summary>Cosines and sines of every position, each (positions, D) with the half-width angles twice over.</summary>
    public static (Tensor Cosines, Tensor Sines) Table(int positions, int headSize, double theta)
    {
        // In double, then rounded once: at high positions the angles' float error would otherwise show in the logits.
        var half = headSize / 2;
        var cosines = new float[positions * headSize];
        var sines = new float[positions * headSize];
        for (var p = 0; p < positions; p++)
        {
            for (var i = 0; i < headSize; i++)
            {
                var angle = p * Math.Pow(theta, -2.0 * (i % half) / headSize);
                cosines[p * headSize + i] = (float)Math.Cos(angle);
                sines[p * headSize + i] = (float)Math.Sin(angle);
            }
        }

        return (tensor(cosines, [positions, headSize]), tensor(sines, [positions, headSize]));
    }

    /// <summary>Turns x (B, H, T, D) by cosines and sines (T, D) or (B, 1, T, D).</summary>
    public static Tensor Apply(Tensor x, Tensor cosines, Tensor sines)
    {
        var half = x.shape[^1] / 2;
        var first = x.narrow(-1, 0, half);
        var second = x.narrow(-1, half, half);
        return x * cosines + cat([-second, first], -1) * sines;
    }
}
