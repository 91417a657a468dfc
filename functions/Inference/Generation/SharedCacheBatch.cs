namespace ChatLoop.Inference.Generation;

/// <summary>
/// For our own graphs, which write keys and values in place: the decoding rows are the first slots of one buffer and take
/// one step together, however long each is.
/// </summary>
internal sealed class SharedCacheBatch : IBatch
{
    // Masked columns cost about as much as others in each step; closing the holes copies what was written since the joining.
    private const int MostMasked = 64;

    private readonly LanguageModel _model;
    private readonly KvCache _cache;
    private readonly PrefixCache<KeptColumns> _prefixes;
    private readonly CachedRow[] _rows;
    private readonly BoundSlots?[] _single;
    private readonly BoundSlots?[] _first;
    private readonly float[] _logits;
    private readonly long[] _mask;
    private long[] _ids;
    private long[] _positions;
    private int _end;

    /// <param name="prefixBytes">The most memory for what sequences that ended have read.</param>
    public SharedCacheBatch(LanguageModel model, int slots, long prefixBytes)
    {
        _model = model;
        _cache = new KvCache(model.Cache, slots, model.ContextTokens);
        _prefixes = new PrefixCache<KeptColumns>(prefixBytes / (_cache.FloatsPerToken * sizeof(float)));
        _rows = [.. Enumerable.Range(0, slots).Select(_ => new CachedRow())];
        _single = new BoundSlots?[slots];
        _first = new BoundSlots?[slots];
        _logits = new float[slots * model.Vocabulary];
        _mask = new long[slots * model.ContextTokens];
        _ids = new long[slots];
        _positions = new long[slots];
    }

    public int Decoding { get; private set; }

    public int Start(int slot, ReadOnlySpan<int> prompt)
    {
        // The last token is always read: its logits are not kept.
        var most = prompt.Length - 1;
        var (from, longest) = (-1, 0);
        for (var other = 0; other < Decoding; other++)
        {
            var row = _rows[other];
            var length = Math.Min(Math.Min(most, row.Unbroken), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(row.Tokens).CommonPrefixLength(prompt));
            if (length > longest) (from, longest) = (other, length);
        }

        if (_prefixes.Find(prompt, most) is { } kept && kept.Length > longest)
        {
            longest = kept.Length;
            _cache.Restore(kept.Value, slot, longest);
        }
        else if (from >= 0)
        {
            _cache.Copy(from, 0, slot, 0, longest);
        }

        _rows[slot].Tokens.AddRange(prompt[..longest]);
        return longest;
    }

    public void Prefill(int slot, ReadOnlySpan<int> ids)
    {
        var row = _rows[slot];
        var end = row.Tokens.Count + ids.Length;
        if (ids.IsEmpty || end > _model.ContextTokens) throw new InvalidOperationException($"{end} tokens are more than the context of {_model.ContextTokens}, or there is nothing to read.");
        if (_ids.Length < ids.Length) (_ids, _positions) = (new long[ids.Length], new long[ids.Length]);
        for (var i = 0; i < ids.Length; i++) (_ids[i], _positions[i]) = (ids[i], row.Tokens.Count + i);
        _mask.AsSpan(0, end).Fill(1);
        var bound = _single[slot] ??= new BoundSlots(_model, _cache, _logits, slot, 1);
        bound.Run(_ids.AsMemory(0, ids.Length), _positions.AsMemory(0, ids.Length), _mask.AsMemory(0, end));
        row.Tokens.AddRange(ids);
    }

    public void Join(int slot)
    {
        Move(slot, Decoding);
        var row = _rows[Decoding];
        var length = row.Tokens.Count;
        if (length > _end)
        {
            for (var other = 0; other < Decoding; other++)
            {
                CloseHole(other);
                Skip(other, length);
            }

            _end = length;
        }

        Skip(Decoding, _end);
        Decoding++;
    }

    public void Decode(ReadOnlySpan<int> ids)
    {
        if (ids.Length != Decoding || ids.IsEmpty) throw new ArgumentException($"{ids.Length} tokens for {Decoding} rows.", nameof(ids));
        if (_end == _model.ContextTokens) CloseHoles();
        if (_end == _model.ContextTokens) throw new InvalidOperationException($"A sequence has reached the context of {_end} tokens.");
        _end++;
        for (var slot = 0; slot < ids.Length; slot++)
        {
            var row = _rows[slot];
            (_ids[slot], _positions[slot]) = (ids[slot], row.Tokens.Count);
            row.Tokens.Add(ids[slot]);
            row.Mask(_mask.AsSpan(slot * _end, _end));
        }

        var bound = _first[ids.Length - 1] ??= new BoundSlots(_model, _cache, _logits, 0, ids.Length);
        bound.Run(_ids.AsMemory(0, ids.Length), _positions.AsMemory(0, ids.Length), _mask.AsMemory(0, ids.Length * _end));
    }

    public ReadOnlySpan<float> Logits(int slot) => _logits.AsSpan(slot * _model.Vocabulary, _model.Vocabulary);

    public void Leave(int slot, bool keep)
    {
        var row = _rows[slot];
        CloseHole(slot);
        if (keep) _prefixes.Keep([.. row.Tokens], () => _cache.Keep(slot, row.Tokens.Count));
        row.Clear();
        if (slot >= Decoding) return;
        Decoding--;
        Move(Decoding, slot);

        var masked = _end - Longest();
        if (Decoding <= 1 || masked >= MostMasked) CloseHoles();
    }

    public void Dispose()
    {
        foreach (var bound in _single.Concat(_first)) bound?.Dispose();
        _prefixes.Dispose();
        _cache.Dispose();
    }

    private int Longest()
    {
        var longest = 0;
        for (var slot = 0; slot < Decoding; slot++) longest = Math.Max(longest, _rows[slot].Tokens.Count);
        return longest;
    }

    // The slot that it comes from is free then.
    private void Move(int slot, int to)
    {
        if (slot == to) return;
        _cache.Copy(slot, 0, to, 0, _rows[slot].End);
        (_rows[slot], _rows[to]) = (_rows[to], _rows[slot]);
    }

    private void CloseHoles()
    {
        for (var slot = 0; slot < Decoding; slot++) CloseHole(slot);
        _end = Longest();
        for (var slot = 0; slot < Decoding; slot++) Skip(slot, _end);
    }

    private void CloseHole(int slot)
    {
        var row = _rows[slot];
        _cache.Copy(slot, row.HoleEnd, slot, row.HoleStart, row.End - row.HoleEnd);
        row.CloseHole();
    }

    private void Skip(int slot, int to)
    {
        var row = _rows[slot];
        _cache.Clear(slot, row.Tokens.Count, to - row.Tokens.Count);
        row.Skip(to);
    }
}
