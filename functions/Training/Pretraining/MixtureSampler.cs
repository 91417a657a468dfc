using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Metrics;
using ChatLoop.Training.Optimization;
using TorchSharp;

namespace ChatLoop.Training.Pretraining;

/// <summary>Rows drawn from each set so far, by name: all there is to know of where a mixture is.</summary>
internal sealed record MixtureCursor(Dictionary<string, long> RowsDrawn);

/// <summary>
/// Rows of T + 1 tokens from several sets by weight. Each set is cut into windows that are visited in a new seeded order
/// and from a new seeded offset in every epoch: no token comes twice before all have come once. Which set is next goes by
/// the largest debt to its weight, so shares hold at every moment.
/// </summary>
internal sealed class MixtureSampler : IBatchSource
{
    private readonly Set[] _sets;
    private readonly int _rows;
    private readonly int _length;

    /// <param name="ids">The shard's ids.</param>
    /// <param name="sets">Where each set lies in it.</param>
    /// <param name="weights">A set's weight relative to the others; sets without one go by their size when this is empty, and are left out when it is not.</param>
    /// <param name="rows">Rows to a batch, B.</param>
    /// <param name="length">Tokens to a row, T.</param>
    /// <exception cref="StageException">A weight names no set, or no set is left.</exception>
    public MixtureSampler(ushort[] ids, IReadOnlyList<ShardSet> sets, IReadOnlyDictionary<string, double> weights, int rows, int length, int seed)
    {
        (_rows, _length) = (rows, length);
        if (weights.Keys.FirstOrDefault(k => sets.All(s => s.Name != k)) is { } unknown)
        {
            throw new StageException($"The mixture names '{unknown}', but the shards hold only {string.Join(", ", sets.Select(s => s.Name))}.");
        }

        var weighed = sets.Select(s => (Set: s, Weight: weights.Count == 0 ? s.Tokens : weights.GetValueOrDefault(s.Name))).Where(s => s.Weight > 0).ToArray();
        if (weighed.FirstOrDefault(s => s.Set.Tokens < 2 * length + 2).Set is { } small)
        {
            throw new StageException($"Set '{small.Name}' has {small.Tokens} tokens, too few for rows of {length}: leave it out of the mixture.");
        }

        if (weighed.Length == 0) throw new StageException("The mixture leaves no set to train on.");
        var total = weighed.Sum(s => s.Weight);
        _sets = [.. weighed.Select((s, i) => new Set(s.Set, ids.AsMemory((int)s.Set.Start, (int)s.Set.Tokens), s.Weight / total, length, HashCode(seed, i)))];
    }

    public JsonNode Cursor
    {
        get => JsonSerializer.SerializeToNode(new MixtureCursor(_sets.ToDictionary(s => s.Name, s => s.Drawn)), TrainingJson.Default.MixtureCursor)!;
        set
        {
            var drawn = value.Deserialize(TrainingJson.Default.MixtureCursor)!.RowsDrawn;
            if (!drawn.Keys.ToHashSet().SetEquals(_sets.Select(s => s.Name)))
            {
                throw new StageException("The checkpoint was written with another mixture of sets: put the mixture back, or start afresh.");
            }

            foreach (var set in _sets) set.Drawn = drawn[set.Name];
        }
    }

    /// <summary>Each set's share of the rows, and how often <paramref name="rows"/> rows in all go through it.</summary>
    public IEnumerable<(string Name, double Share, double Epochs)> Shares(long rows) => _sets.Select(s => (s.Name, s.Share, rows * s.Share / s.Windows));

    public Batch Next()
    {
        var ids = new long[_rows * _length];
        var targets = new long[_rows * _length];
        for (var row = 0; row < _rows; row++)
        {
            var drawn = _sets.Sum(s => s.Drawn);
            var window = _sets.MaxBy(s => s.Share * (drawn + 1) - s.Drawn)!.Draw().Span;
            for (var i = 0; i < _length; i++)
            {
                ids[row * _length + i] = window[i];
                targets[row * _length + i] = window[i + 1];
            }
        }

        return new Batch(torch.tensor(ids, [_rows, _length]), torch.tensor(targets, [_rows, _length]), torch.ones(_rows, _length));
    }

    private static int HashCode(int seed, int index) => unchecked(seed * 486_187_739 + index * 16_777_619);

    private sealed class Set(ShardSet place, ReadOnlyMemory<ushort> ids, double share, int length, int seed)
    {
        private long _epoch = -1;
        private int[] _order = [];
        private int _offset;

        public string Name => place.Name;

        public double Share => share;

        public long Drawn { get; set; }

        // One window fewer than fit, so that every offset up to a window's length has as many.
        public int Windows { get; } = (ids.Length - 1) / length - 1;

        public ReadOnlyMemory<ushort> Draw()
        {
            var epoch = Drawn / Windows;
            if (epoch != _epoch)
            {
                var random = new Random(unchecked(seed + (int)epoch * 92_821));
                _order = [.. Enumerable.Range(0, Windows)];
                random.Shuffle(_order);
                _offset = random.Next(length);
                _epoch = epoch;
            }

            var window = _order[(int)(Drawn++ % Windows)];
            return ids.Slice(_offset + window * length, length + 1);
        }
    }
}
