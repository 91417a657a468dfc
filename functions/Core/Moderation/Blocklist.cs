namespace ChatLoop.Core.Moderation;

/// <summary>
/// Finds the phrases of a policy as whole words in normalised text, so that no rule fires inside a longer word (Scunthorpe). Matching
/// costs the text's length times the number of words in the longest phrase, however many rules there are.
/// </summary>
public sealed class Blocklist
{
    private readonly Dictionary<string, List<BlocklistEntry>> _byPhrase = new(StringComparer.Ordinal);
    private readonly int _longest;

    /// <exception cref="ModerationPolicyException">A phrase has no letter or digit to match.</exception>
    public Blocklist(IEnumerable<BlocklistEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            var phrase = TextNormalizer.Normalize(entry.Phrase);
            if (phrase.Length == 0) throw new ModerationPolicyException($"Blocklist entry '{entry.Name}' has no letter or digit to match.");
            if (!_byPhrase.TryGetValue(phrase, out var same)) _byPhrase[phrase] = same = [];
            same.Add(entry);
            _longest = Math.Max(_longest, phrase.Count(' ') + 1);
        }
    }

    /// <summary>Every rule that matches, once, in the order of the text.</summary>
    /// <param name="normalized">What <see cref="TextNormalizer.Normalize"/> returned.</param>
    public IReadOnlyList<BlocklistEntry> Match(string normalized)
    {
        ArgumentNullException.ThrowIfNull(normalized);
        if (_byPhrase.Count == 0 || normalized.Length == 0) return [];
        var found = new List<BlocklistEntry>();
        var lookup = _byPhrase.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; start < normalized.Length; start = NextWord(normalized, start))
        {
            var end = start;
            for (var words = 0; words < _longest && end < normalized.Length; words++)
            {
                end = normalized.IndexOf(' ', Math.Min(end + (words == 0 ? 0 : 1), normalized.Length - 1));
                if (end < 0) end = normalized.Length;
                if (lookup.TryGetValue(normalized.AsSpan(start, end - start), out var entries))
                    foreach (var entry in entries)
                        if (!found.Contains(entry)) found.Add(entry);
            }
        }

        return found;
    }

    private static int NextWord(string text, int start) => text.IndexOf(' ', start) is >= 0 and var space ? space + 1 : text.Length;
}
