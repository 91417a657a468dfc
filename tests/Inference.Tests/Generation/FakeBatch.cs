using ChatLoop.Inference.Generation;

namespace ChatLoop.Inference.Tests.Generation;

/// <summary>A model that counts upwards from a sequence's last token, and steps when its gate lets it.</summary>
internal sealed class FakeBatch(int slots, int vocabulary) : IBatch
{
    private readonly List<int>?[] _rows = new List<int>?[slots];

    /// <summary>Called before each prefill with its tokens.</summary>
    public Action<int[]> OnPrefill { get; set; } = _ => { };

    /// <summary>Called before each decode step with the last tokens of its rows.</summary>
    public Action<int[]> OnDecode { get; set; } = _ => { };

    /// <summary>A sequence with this last token has no numbers for logits.</summary>
    public int BadToken { get; set; } = -1;

    public int Decoding { get; private set; }

    public int Taken => _rows.Count(r => r is not null);

    public bool IsDisposed { get; private set; }

    public int Start(int slot, ReadOnlySpan<int> prompt)
    {
        Assert.Null(_rows[slot]);
        _rows[slot] = [];
        return 0;
    }

    public void Prefill(int slot, ReadOnlySpan<int> ids)
    {
        OnPrefill(ids.ToArray());
        _rows[slot]!.AddRange(ids);
    }

    public void Join(int slot)
    {
        (_rows[slot], _rows[Decoding]) = (_rows[Decoding], _rows[slot]);
        Decoding++;
    }

    public void Decode(ReadOnlySpan<int> ids)
    {
        OnDecode(ids.ToArray());
        Assert.Equal(Decoding, ids.Length);
        for (var slot = 0; slot < ids.Length; slot++) _rows[slot]!.Add(ids[slot]);
    }

    public ReadOnlySpan<float> Logits(int slot)
    {
        var logits = new float[vocabulary];
        var last = _rows[slot]![^1];
        if (last == BadToken) Array.Fill(logits, float.NaN);
        else logits[(last + 1) % vocabulary] = 1;
        return logits;
    }

    public void Leave(int slot, bool keep)
    {
        _rows[slot] = null;
        if (slot >= Decoding) return;
        Decoding--;
        (_rows[slot], _rows[Decoding]) = (_rows[Decoding], _rows[slot]);
    }

    public void Dispose() => IsDisposed = true;
}
