namespace ChatLoop.Core.Moderation;

/// <summary>
/// The hashing trick (Weinberger et al. 2009) over word n-grams and over character n-grams within words (Bojanowski et al. 2017, so
/// that a misspelt word still shares most of its features): a text is the set of the buckets that its n-grams fall in.
/// </summary>
public sealed class NgramFeaturizer
{
    private readonly FeaturizerSettings _settings;
    private readonly ulong _mask;

    /// <exception cref="ArgumentException">The settings contradict themselves.</exception>
    public NgramFeaturizer(FeaturizerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Fault() is { } fault) throw new ArgumentException(fault, nameof(settings));
        _settings = settings;
        _mask = (1UL << settings.BucketBits) - 1;
    }

    /// <summary>The buckets of each window of the text, sorted and distinct; a text without words has no windows.</summary>
    /// <param name="normalized">What <see cref="TextNormalizer.Normalize"/> returned.</param>
    public IReadOnlyList<long[]> Chunks(string normalized)
    {
        ArgumentNullException.ThrowIfNull(normalized);
        var words = normalized.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var chunks = new List<long[]>();
        for (var start = 0; start < words.Length; start += _settings.ChunkStride)
        {
            var end = Math.Min(words.Length, start + _settings.ChunkWords);
            chunks.Add(Buckets(words.AsSpan(start, end - start)));
            if (end == words.Length) break;
        }

        return chunks;
    }

    private long[] Buckets(ReadOnlySpan<string> words)
    {
        var buckets = new HashSet<long>();
        for (var first = 0; first < words.Length; first++)
        {
            var hash = StableHash.Word;
            for (var count = 0; count < _settings.LongestWordGram && first + count < words.Length; count++)
            {
                hash = StableHash.Add(StableHash.Add(hash, ' '), words[first + count]);
                buckets.Add(Bucket(hash));
            }

            AddCharacters($"<{words[first]}>", buckets);
        }

        var sorted = buckets.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private void AddCharacters(string marked, HashSet<long> buckets)
    {
        for (var first = 0; first < marked.Length; first++)
        {
            var hash = StableHash.Characters;
            var longest = Math.Min(_settings.LongestCharacterGram, marked.Length - first);
            for (var length = 1; length <= longest; length++)
            {
                hash = StableHash.Add(hash, marked[first + length - 1]);
                if (length >= _settings.ShortestCharacterGram) buckets.Add(Bucket(hash));
            }
        }
    }

    private long Bucket(ulong hash) => (long)(StableHash.Mix(hash) & _mask);
}
