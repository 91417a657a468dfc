using System.Runtime.Intrinsics;

namespace ChatLoop.Training.ReinforcementLearning.Rollouts;

/// <summary>
/// Draws tokens from softmax(logits / τ), all of it: top-k 0, top-p 1, so that the distribution drawn from is the one that the update
/// differentiates. Each row has its own generator, so a batch draws the same answers however its rows are spread over threads.
/// </summary>
internal static class TokenSampler
{
    /// <summary>Draws one token; τ = 0 takes the likeliest.</summary>
    /// <param name="logits">(V), overwritten.</param>
    /// <returns>The token's id and its log-probability under logits/τ (under the logits themselves where τ is 0).</returns>
    public static (int Id, double LogProbability) Draw(Span<float> logits, double temperature, Random random)
    {
        var greedy = temperature == 0;
        if (!greedy && temperature != 1) Divide(logits, (float)temperature);
        var (best, top) = Best(logits);
        var ofBest = logits[best];
        var total = Exponentials(logits, top);
        if (greedy) return (best, ofBest - top - Math.Log(total));
        var left = random.NextDouble() * total;
        for (var i = 0; i < logits.Length; i++)
        {
            if ((left -= logits[i]) < 0) return (i, Math.Log(logits[i] / total));
        }

        return (best, ofBest - top - Math.Log(total)); // rounding left a crumb of probability after the last token
    }

    private static void Divide(Span<float> logits, float temperature)
    {
        for (var i = 0; i < logits.Length; i++) logits[i] /= temperature;
    }

    private static (int Index, float Value) Best(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best]) best = i;
        }

        return (best, logits[best]);
    }

    // Leaves e^(x − top) in place and returns their sum.
    private static double Exponentials(Span<float> logits, float top)
    {
        double total = 0;
        var (i, shift) = (0, Vector512.Create(top));
        for (; i + Vector512<float>.Count <= logits.Length; i += Vector512<float>.Count)
        {
            var part = logits.Slice(i, Vector512<float>.Count);
            var e = Vector512.Exp(Vector512.Create<float>(part) - shift);
            e.CopyTo(part);
            total += Vector512.Sum(e);
        }

        for (; i < logits.Length; i++) total += logits[i] = MathF.Exp(logits[i] - top);
        return total;
    }
}
