using System.Text;

namespace ChatLoop.Training.Tokenization;

/// <summary>
/// Byte-pair encoding (Sennrich et al. 2016) over bytes: from single bytes, the most frequent pair of neighbours becomes a token, again and
/// again. Pair counts are kept up to date from an index of the words that hold each pair, so that a merge costs only the words it changes.
/// </summary>
internal sealed class BpeTrainer
{
    private readonly List<byte[]> _tokens;
    private readonly List<int[]> _words = [];
    private readonly List<long> _counts = [];
    private readonly Dictionary<(int Left, int Right), long> _pairs = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _holders = [];

    private BpeTrainer(IEnumerable<KeyValuePair<string, long>> words)
    {
        _tokens = [.. Enumerable.Range(0, 256).Select(b => new[] { (byte)b })];
        foreach (var (word, count) in words.OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            var bytes = Encoding.UTF8.GetBytes(word);
            if (bytes.Length < 2) continue;
            _words.Add([.. bytes.Select(b => (int)b)]);
            _counts.Add(count);
        }
    }

    /// <param name="words">Pre-tokenized pieces and how often each occurs.</param>
    /// <param name="merges">Merges wanted; fewer come back when no pair occurs twice any more.</param>
    /// <returns>Merges in order, as pairs of byte strings. Ties go to the pair whose bytes come first, so the result is deterministic.</returns>
    public static IReadOnlyList<(byte[] Left, byte[] Right)> Train(IEnumerable<KeyValuePair<string, long>> words, int merges, Action<int>? progress = null) =>
        new BpeTrainer(words).Run(merges, progress);

    private List<(byte[] Left, byte[] Right)> Run(int merges, Action<int>? progress)
    {
        for (var w = 0; w < _words.Count; w++) Count(w, _counts[w]);
        var queue = new PriorityQueue<(int Left, int Right), (long Count, byte[] Left, byte[] Right)>(
            _pairs.Select(p => (p.Key, Priority(p.Key, p.Value))), Comparer<(long Count, byte[] Left, byte[] Right)>.Create(Compare));
        var done = new List<(byte[], byte[])>();
        while (done.Count < merges && queue.TryDequeue(out var pair, out var priority))
        {
            var count = _pairs.GetValueOrDefault(pair);
            if (count < 2) continue;
            if (count != priority.Count)
            {
                // The count fell since the pair was queued: back with the true one. (A rise is queued when it happens.)
                if (count < priority.Count) queue.Enqueue(pair, Priority(pair, count));
                continue;
            }

            done.Add((_tokens[pair.Left], _tokens[pair.Right]));
            _tokens.Add([.. _tokens[pair.Left], .. _tokens[pair.Right]]);
            foreach (var risen in Merge(pair, _tokens.Count - 1)) queue.Enqueue(risen, Priority(risen, _pairs[risen]));
            progress?.Invoke(done.Count);
        }

        return done;
    }

    private HashSet<(int Left, int Right)> Merge((int Left, int Right) pair, int merged)
    {
        var risen = new HashSet<(int Left, int Right)>();
        foreach (var w in _holders[pair].ToArray())
        {
            Count(w, -_counts[w]);
            var (word, length) = (_words[w], 0);
            for (var i = 0; i < word.Length; i++)
            {
                var matches = i + 1 < word.Length && word[i] == pair.Left && word[i + 1] == pair.Right;
                word[length++] = matches ? merged : word[i];
                if (matches) i++;
            }

            _words[w] = word[..length];
            Count(w, _counts[w]);
            for (var i = 0; i + 1 < length; i++)
            {
                if (word[i] == merged || word[i + 1] == merged) risen.Add((word[i], word[i + 1]));
            }
        }

        _pairs.Remove(pair);
        _holders.Remove(pair);
        return risen;
    }

    private void Count(int w, long count)
    {
        var word = _words[w];
        for (var i = 0; i + 1 < word.Length; i++)
        {
            var pair = (word[i], word[i + 1]);
            _pairs[pair] = _pairs.GetValueOrDefault(pair) + count;
            if (!_holders.TryGetValue(pair, out var holders)) _holders[pair] = holders = [];
            if (count > 0) holders.Add(w);
            else holders.Remove(w);
        }
    }

    private (long Count, byte[] Left, byte[] Right) Priority((int Left, int Right) pair, long count) => (count, _tokens[pair.Left], _tokens[pair.Right]);

    private static int Compare((long Count, byte[] Left, byte[] Right) a, (long Count, byte[] Left, byte[] Right) b)
    {
        var order = b.Count.CompareTo(a.Count);
        if (order == 0) order = a.Left.AsSpan().SequenceCompareTo(b.Left);
        return order != 0 ? order : a.Right.AsSpan().SequenceCompareTo(b.Right);
    }
}
