using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Metrics;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.Pretraining;

namespace ChatLoop.Training.SupervisedFineTuning;

/// <summary>
/// An endless stream of packed rows, sources mixed by their share of the tokens: the source with the largest debt is
/// next. Each source goes through all its conversations in a new seeded order in every epoch.
/// </summary>
internal sealed class ConversationPacker : IBatchSource
{
    private readonly Source[] _sources;
    private readonly int _rows;
    private readonly int _length;
    private EncodedConversation? _waiting;

    /// <exception cref="StageException">A weight names no source, or no source is left.</exception>
    public ConversationPacker(IEnumerable<EncodedConversation> conversations, IReadOnlyDictionary<string, double> weights, int rows, int length, int seed)
    {
        (_rows, _length) = (rows, length);
        var groups = conversations.GroupBy(c => c.Source).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        if (weights.Keys.FirstOrDefault(k => groups.All(g => g.Key != k)) is { } unknown)
        {
            throw new StageException($"The mixture names '{unknown}', but there are conversations only from {string.Join(", ", groups.Select(g => g.Key))}.");
        }

        var weighed = groups.Select(g => (g.Key, Conversations: g.ToArray(), Weight: weights.Count == 0 ? g.Sum(c => c.Ids.Length) : weights.GetValueOrDefault(g.Key))).Where(g => g.Weight > 0).ToArray();
        if (weighed.Length == 0) throw new StageException("There is no conversation to train on.");
        var total = weighed.Sum(g => g.Weight);
        _sources = [.. weighed.Select((g, i) => new Source(g.Key, g.Conversations, g.Weight / total, unchecked(seed * 486_187_739 + i * 16_777_619)))];
    }

    /// <summary>Conversations given out of each source, the one that waits for the next row not counted.</summary>
    public JsonNode Cursor
    {
        get => JsonSerializer.SerializeToNode(new MixtureCursor(_sources.ToDictionary(s => s.Name, s => s.Drawn - (_waiting?.Source == s.Name ? 1 : 0))), TrainingJson.Default.MixtureCursor)!;
        set
        {
            var drawn = value.Deserialize(TrainingJson.Default.MixtureCursor)!.RowsDrawn;
            if (!drawn.Keys.ToHashSet().SetEquals(_sources.Select(s => s.Name)))
            {
                throw new StageException("The checkpoint was written with another mixture of sources: put the mixture back, or start afresh.");
            }

            _waiting = null;
            foreach (var source in _sources) source.GoTo(drawn[source.Name]);
        }
    }

    /// <summary>Each source's share of the tokens, and how often <paramref name="tokens"/> tokens in all go through it.</summary>
    public IEnumerable<(string Name, double Share, double Epochs)> Shares(long tokens) => _sources.Select(s => (s.Name, s.Share, tokens * s.Share / s.TotalTokens));

    public Batch Next() => PackedRow.Pack([.. Enumerable.Range(0, _rows).Select(_ => Row())], _length);

    private List<EncodedConversation> Row()
    {
        var row = new List<EncodedConversation>();
        for (var room = _length; ; room -= row[^1].Ids.Length)
        {
            _waiting ??= Draw();
            if (_waiting.Ids.Length > room) return row;
            row.Add(_waiting);
            _waiting = null;
        }
    }

    private EncodedConversation Draw()
    {
        var given = _sources.Sum(s => s.Tokens);
        return _sources.MaxBy(s => s.Share * (given + 1) - s.Tokens)!.Draw();
    }

    private sealed class Source(string name, EncodedConversation[] conversations, double share, int seed)
    {
        private long _epoch = -1;
        private int[] _order = [];

        public string Name => name;

        public double Share => share;

        public long TotalTokens { get; } = conversations.Sum(c => (long)c.Ids.Length);

        public long Drawn { get; private set; }

        public long Tokens { get; private set; }

        public EncodedConversation Draw()
        {
            var epoch = Drawn / conversations.Length;
            if (epoch != _epoch) _order = Order(_epoch = epoch);
            var conversation = conversations[_order[Drawn++ % conversations.Length]];
            Tokens += conversation.Ids.Length;
            return conversation;
        }

        public void GoTo(long drawn)
        {
            var within = Order(drawn / conversations.Length).Take((int)(drawn % conversations.Length));
            (Drawn, _epoch) = (drawn, -1);
            Tokens = drawn / conversations.Length * TotalTokens + within.Sum(i => (long)conversations[i].Ids.Length);
        }

        private int[] Order(long epoch)
        {
            int[] order = [.. Enumerable.Range(0, conversations.Length)];
            new Random(unchecked(seed + (int)epoch * 92_821)).Shuffle(order);
            return order;
        }
    }
}
