using System.Diagnostics;
using ChatLoop.Core.Chat;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Training.ReinforcementLearning.Rollouts;

/// <summary>
/// Answers batches of prompts. Each thread takes its share of the rows; a prompt is read once, then every token goes through the model alone
/// (keys and values of what came before are kept), and rows that have ended leave the batch.
/// </summary>
internal sealed class AnswerGenerator(Llama model, int threads)
{
    /// <summary>Tokens drawn so far, and the time that took with reading the prompts.</summary>
    public long Tokens { get; private set; }

    public TimeSpan Time { get; private set; }

    /// <summary>Answers every prompt; answer i depends on prompt i and seed i alone.</summary>
    /// <param name="longest">Most tokens to an answer, EOS counted.</param>
    /// <param name="temperature">τ; 0 takes the likeliest token.</param>
    /// <param name="seeds">One for each prompt.</param>
    public IReadOnlyList<Answer> Answer(IReadOnlyList<IReadOnlyList<int>> prompts, int longest, double temperature, IReadOnlyList<int> seeds)
    {
        var clock = Stopwatch.StartNew();
        var shares = model.Device.type == DeviceType.CPU ? Math.Min(threads, prompts.Count) : 1;
        var rows = new DrawnRow[prompts.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = new DrawnRow(prompts[i], new Random(seeds[i]));
        // Threads of their own: the pool's would keep the libtorch thread count that is set below.
        var others = Enumerable.Range(1, shares - 1).Select(i => Task.Factory.StartNew(() => Share(i), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Share(0);
        Task.WaitAll(others);
        Tokens += rows.Sum(r => r.Ids.Count);
        Time += clock.Elapsed;
        return [.. rows.Select(r => new Answer(r.Ids, r.LogProbabilities, r.Ended))];

        void Share(int i)
        {
            var (start, end) = (rows.Length * i / shares, rows.Length * (i + 1) / shares);
            if (shares > 1) set_num_threads(1); // OpenMP counts per calling thread
            Generate(rows[start..end], longest, temperature);
        }
    }

    private void Generate(DrawnRow[] rows, int longest, double temperature)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var prompts = LeftPadded.Of([.. rows.Select(r => r.Prompt)], longest, model.Device);
        var (width, visible) = (prompts.Ids.shape[1], prompts.Visible);
        var cache = new KeyValueCache(model.Config, rows.Length, width + longest, model.Device);
        var last = Last(model.Hidden(prompts.Ids, prompts.Positions, prompts.Mask, cache));
        for (var drawn = 1; ; drawn++)
        {
            Draw(rows, last, temperature);
            last.Dispose();
            if (drawn == longest || rows.All(r => r.Ended)) return;
            // Rows that ended cost as much as the others until they are taken out, which costs a copy of the cache.
            if (rows.Count(r => !r.Ended) <= rows.Length * 3 / 4)
            {
                using var kept = tensor(rows.Index().Where(r => !r.Item.Ended).Select(r => (long)r.Index).ToArray(), device: model.Device);
                cache.Keep(kept);
                visible = visible.index_select(0, kept);
                rows = [.. rows.Where(r => !r.Ended)];
            }

            using var step = NewDisposeScope();
            var ids = tensor(rows.Select(r => (long)r.Ids[^1]).ToArray(), [rows.Length, 1], device: model.Device);
            var positions = tensor(rows.Select(r => (long)r.Prompt.Count + drawn - 1).ToArray(), [rows.Length, 1], device: model.Device);
            last = Last(model.Hidden(ids, positions, visible.narrow(3, 0, width + drawn), cache)).MoveToOuterDisposeScope();
        }
    }

    // Logits (B, V) after each row's last token, on the CPU.
    private Tensor Last(Tensor hidden) => matmul(hidden.select(1, hidden.shape[1] - 1), model.Embedding.t()).cpu();

    private static void Draw(DrawnRow[] rows, Tensor logits, double temperature)
    {
        var numbers = TensorMemory.Floats(logits);
        var width = (int)logits.shape[1];
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Ended) continue;
            var (id, logProbability) = TokenSampler.Draw(numbers.Slice(i * width, width), temperature, rows[i].Random);
            rows[i].Ids.Add(id);
            rows[i].LogProbabilities.Add(logProbability);
            rows[i].Ended = id == SpecialTokens.EndId;
        }
    }

    private sealed class DrawnRow(IReadOnlyList<int> prompt, Random random)
    {
        public IReadOnlyList<int> Prompt => prompt;

        public Random Random => random;

        public List<int> Ids { get; } = [];

        public List<double> LogProbabilities { get; } = [];

        public bool Ended { get; set; }
    }
}
