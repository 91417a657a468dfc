using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ChatLoop.Benchmarks.Inference;

/// <summary>Bytes a second that threads read from memory, far beyond the caches.</summary>
internal static class MemoryBandwidth
{
    private const int FloatsAThread = 64 << 20; // 256 MB
    private const int Rounds = 5;

    /// <summary>The best round.</summary>
    public static double Measure(int threads)
    {
        var arrays = Enumerable.Range(0, threads).Select(_ => GC.AllocateUninitializedArray<float>(FloatsAThread)).ToArray();
        foreach (var array in arrays) array.AsSpan().Fill(1);
        var best = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var sums = new float[threads];
            var readers = arrays.Select((array, i) => new Thread(() => sums[i] = Sum(array))).ToArray();
            foreach (var reader in readers) reader.Start();
            foreach (var reader in readers) reader.Join();
            if (sums.Any(s => s < FloatsAThread / 2)) throw new InvalidOperationException("The numbers were not read.");
            best = Math.Max(best, threads * (double)FloatsAThread * sizeof(float) / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return best;
    }

    // Four sums, so that no addition waits for the one before it; each lane stays below 2²⁴, where float counts exactly.
    private static float Sum(float[] numbers)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(numbers);
        var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (var i = 0; i + 4 <= vectors.Length; i += 4)
        {
            a += vectors[i];
            b += vectors[i + 1];
            c += vectors[i + 2];
            d += vectors[i + 3];
        }

        return Vector.Sum(a + b + c + d);
    }
}
