using System.Diagnostics;
using TorchSharp;

namespace ChatLoop.Benchmarks.Training;

/// <summary>How fast libtorch multiplies float32 matrices here and now, on as many threads as training gets.</summary>
internal static class MatrixPeak
{
    private const int Size = 1536;
    private const int Times = 12;

    /// <summary>FLOP/s of the best of a dozen square products.</summary>
    public static double Measure(int threads)
    {
        torch.set_num_threads(threads);
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var (a, b) = (torch.randn(Size, Size), torch.randn(Size, Size));
        var best = double.MaxValue;
        for (var i = 0; i < Times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var product = torch.mm(a, b);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return 2.0 * Size * Size * Size / best;
    }
}
