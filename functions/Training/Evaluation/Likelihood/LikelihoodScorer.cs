using ChatLoop.Core.Chat;
using ChatLoop.Training.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.Evaluation.Likelihood;

/// <summary>
/// Log-likelihoods of many continuations. Rows of like length share a forward pass, padded on the right (attention is causal: nothing reads
/// the padding), logits are made only where a continuation's ids are foretold, and each thread takes the next batch that nobody has.
/// </summary>
internal sealed class LikelihoodScorer(Llama model, int threads, int tokensAtOnce)
{
    // 128 rows of 8,192 logits are 4 MB: they stay in the cache.
    private const int LogitRows = 128;

    /// <summary>The likelihood of each, in their order.</summary>
    /// <param name="progress">Told how many are done, from any thread.</param>
    public ScoredContinuation[] Score(IReadOnlyList<Continuation> texts, Action<int>? progress, CancellationToken cancellationToken)
    {
        var batches = Batches(texts);
        var results = new ScoredContinuation[texts.Count];
        var (next, done) = (-1, 0);
        // Threads of their own: the pool's would keep the libtorch thread count that is set below.
        var workers = Enumerable.Range(0, model.Device.type == DeviceType.CPU ? threads : 1)
            .Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WhenAll(workers).GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        return results;

        void Work()
        {
            set_num_threads(1); // OpenMP counts per calling thread
            while (!cancellationToken.IsCancellationRequested && Interlocked.Increment(ref next) is var i && i < batches.Count)
            {
                Score(texts, batches[i], results);
                progress?.Invoke(Interlocked.Add(ref done, batches[i].Length));
            }
        }
    }

    // Longest first, so that the most memory is taken at once.
    private List<int[]> Batches(IReadOnlyList<Continuation> texts)
    {
        var batches = new List<int[]>();
        var order = Enumerable.Range(0, texts.Count).OrderByDescending(i => Width(texts[i])).ToArray();
        for (var start = 0; start < order.Length;)
        {
            var rows = Math.Clamp(tokensAtOnce / Width(texts[order[start]]), 1, order.Length - start);
            batches.Add(order[start..(start + rows)]);
            start += rows;
        }

        return batches;
    }

    private void Score(IReadOnlyList<Continuation> texts, int[] batch, ScoredContinuation[] results)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var width = Width(texts[batch[0]]);
        var ids = new long[batch.Length * width];
        var (places, targets) = (new List<long>(), new List<long>());
        Array.Fill(ids, SpecialTokens.PadId);
        foreach (var (row, text) in batch.Select(i => texts[i]).Index())
        {
            var (read, own) = (Width(text), text.Ids.Count);
            foreach (var (at, id) in text.Context.Concat(text.Ids).SkipLast(1).TakeLast(read).Index()) ids[row * width + at] = id;
            for (var i = 0; i < own; i++)
            {
                places.Add(row * width + read - own + i); // the position before the id that it foretells
                targets.Add(text.Ids[i]);
            }
        }

        var hidden = model.Hidden(tensor(ids, [batch.Length, width], device: model.Device)).flatten(0, 1); // (rows · T, C)
        var (nats, hits) = Foretold(hidden.index_select(0, tensor(places, device: model.Device)), tensor(targets, device: model.Device));
        var start = 0;
        foreach (var i in batch)
        {
            var end = start + texts[i].Ids.Count;
            results[i] = new ScoredContinuation(-nats[start..end].Sum(n => (double)n), hits[start..end].All(h => h));
            start = end;
        }
    }

    // −ln p of each target, and whether it is the likeliest; hidden (N, C), targets (N).
    private (float[] Nats, bool[] Hits) Foretold(Tensor hidden, Tensor targets)
    {
        var (nats, hits) = (new List<float>(), new List<bool>());
        for (long start = 0; start < hidden.shape[0]; start += LogitRows)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(LogitRows, hidden.shape[0] - start);
            var logits = matmul(hidden.narrow(0, start, rows), model.Embedding.t()); // (rows, V)
            var target = targets.narrow(0, start, rows);
            nats.AddRange(nn.functional.cross_entropy(logits, target, reduction: nn.Reduction.None).cpu().data<float>());
            hits.AddRange(logits.argmax(1).eq(target).cpu().data<bool>());
        }

        return ([.. nats], [.. hits]);
    }

    // Ids that the model reads: all but the last.
    private int Width(Continuation text)
    {
        if (text.Context.Count == 0 || text.Ids.Count == 0) throw new ArgumentException("A continuation needs an id, and one before it.", nameof(text));
        if (text.Ids.Count > model.Config.MaxPositions) throw new ArgumentException($"{text.Ids.Count} tokens: this model takes at most {model.Config.MaxPositions}.", nameof(text));
        return Math.Min(text.Context.Count + text.Ids.Count - 1, model.Config.MaxPositions);
    }
}
