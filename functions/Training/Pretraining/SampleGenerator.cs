using ChatLoop.Training.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Pretraining;

/// <summary>Short samples while training, without a cache: enough to see what a model has learnt.</summary>
internal static class SampleGenerator
{
    /// <summary>Goes on from <paramref name="prompt"/> until <paramref name="stop"/> or the length is reached; returns the new ids without it.</summary>
    /// <param name="temperature">0 takes the likeliest token at every step.</param>
    /// <param name="topK">How many of the likeliest tokens are drawn from.</param>
    public static List<int> Continue(Llama model, IReadOnlyList<int> prompt, int stop, int length, double temperature, int topK, int seed)
    {
        using var noGrad = no_grad();
        var random = new Random(seed);
        var ids = prompt.Select(i => (long)i).ToList();
        var made = new List<int>();
        while (made.Count < length && ids.Count < model.Config.MaxPositions)
        {
            using var scope = NewDisposeScope();
            var hidden = model.Hidden(tensor(ids, [1, ids.Count], device: model.Device));
            var logits = matmul(hidden[0, -1], model.Embedding.t()).cpu().data<float>().ToArray();
            var next = temperature <= 0 ? Array.IndexOf(logits, logits.Max()) : Draw(logits, temperature, topK, random);
            if (next == stop) break;
            made.Add(next);
            ids.Add(next);
        }

        return made;
    }

    private static int Draw(float[] logits, double temperature, int topK, Random random)
    {
        var best = logits.Select((l, i) => (Logit: (double)l, Id: i)).OrderByDescending(x => x.Logit).Take(topK).ToArray();
        var weights = best.Select(b => Math.Exp((b.Logit - best[0].Logit) / temperature)).ToArray();
        var target = random.NextDouble() * weights.Sum();
        for (var i = 0; i < best.Length; i++)
        {
            if ((target -= weights[i]) <= 0) return best[i].Id;
        }

        return best[^1].Id;
    }
}
