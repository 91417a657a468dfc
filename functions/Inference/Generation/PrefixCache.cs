namespace ChatLoop.Inference.Generation;

/// <summary>
/// What sequences have read, for prompts that begin alike: a conversation's next turn, and the system message of all.
/// At most so many tokens; the longest unused goes first. Not thread-safe.
/// </summary>
internal sealed class PrefixCache<T>(long mostTokens) : IDisposable
    where T : class, IDisposable
{
    // The latest used is the last.
    private readonly LinkedList<(int[] Tokens, T Value)> _entries = [];

    public long Tokens { get; private set; }

    /// <summary>The entry that has the most of the prompt's first tokens, at most <paramref name="most"/>; null where none has any.</summary>
    public (T Value, int Length)? Find(ReadOnlySpan<int> prompt, int most)
    {
        LinkedListNode<(int[] Tokens, T Value)>? best = null;
        var longest = 0;
        for (var entry = _entries.Last; entry is not null; entry = entry.Previous)
        {
            var length = Math.Min(most, prompt.CommonPrefixLength(entry.Value.Tokens));
            if (length > longest) (best, longest) = (entry, length);
        }

        if (best is null) return null;
        Touch(best);
        return (best.Value.Value, longest);
    }

    /// <summary>Keeps a sequence, unless a longer one holds it already; those that it holds go.</summary>
    /// <param name="tokens">What it has read.</param>
    /// <param name="value">Makes what is kept of it.</param>
    public void Keep(int[] tokens, Func<T> value)
    {
        if (tokens.Length == 0 || tokens.Length > mostTokens) return;
        for (var entry = _entries.First; entry is not null;)
        {
            var next = entry.Next;
            var common = tokens.AsSpan().CommonPrefixLength(entry.Value.Tokens);
            if (common == tokens.Length)
            {
                Touch(entry);
                return;
            }

            if (common == entry.Value.Tokens.Length) Remove(entry);
            entry = next;
        }

        while (Tokens + tokens.Length > mostTokens) Remove(_entries.First!);
        _entries.AddLast((tokens, value()));
        Tokens += tokens.Length;
    }

    public void Dispose()
    {
        while (_entries.First is { } entry) Remove(entry);
    }

    private void Touch(LinkedListNode<(int[] Tokens, T Value)> entry)
    {
        _entries.Remove(entry);
        _entries.AddLast(entry);
    }

    private void Remove(LinkedListNode<(int[] Tokens, T Value)> entry)
    {
        _entries.Remove(entry);
        Tokens -= entry.Value.Tokens.Length;
        entry.Value.Value.Dispose();
    }
}
