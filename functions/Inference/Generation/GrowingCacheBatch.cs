namespace ChatLoop.Inference.Generation;

/// <summary>For other exporters' graphs: each sequence has a cache of its own, and a step takes one sequence after the other.</summary>
internal sealed class GrowingCacheBatch(LanguageModel model, int slots) : IBatch
{
    private readonly GrowingCacheDecoder?[] _decoders = new GrowingCacheDecoder?[slots];

    public int Decoding { get; private set; }

    public int Start(int slot, ReadOnlySpan<int> prompt)
    {
        _decoders[slot] = new GrowingCacheDecoder(model);
        return 0;
    }

    public void Prefill(int slot, ReadOnlySpan<int> ids) => _decoders[slot]!.Read(ids);

    public void Join(int slot)
    {
        (_decoders[slot], _decoders[Decoding]) = (_decoders[Decoding], _decoders[slot]);
        Decoding++;
    }

    public void Decode(ReadOnlySpan<int> ids)
    {
        if (ids.Length != Decoding || ids.IsEmpty) throw new ArgumentException($"{ids.Length} tokens for {Decoding} rows.", nameof(ids));
        for (var slot = 0; slot < ids.Length; slot++) _decoders[slot]!.Read([ids[slot]]);
    }

    public ReadOnlySpan<float> Logits(int slot) => _decoders[slot]!.Logits;

    public void Leave(int slot, bool keep)
    {
        _decoders[slot]?.Dispose();
        _decoders[slot] = null;
        if (slot >= Decoding) return;
        Decoding--;
        (_decoders[slot], _decoders[Decoding]) = (_decoders[Decoding], _decoders[slot]);
    }

    public void Dispose()
    {
        foreach (var decoder in _decoders) decoder?.Dispose();
    }
}
