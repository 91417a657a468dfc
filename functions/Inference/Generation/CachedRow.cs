namespace ChatLoop.Inference.Generation;

/// <summary>
/// One slot's sequence and where it lies. All rows of a decode step write the same column, so a row that joins longer ones
/// leaves a hole between its tokens, which its attention mask hides.
/// </summary>
internal sealed class CachedRow
{
    public List<int> Tokens { get; } = [];

    public int HoleStart { get; private set; }

    public int HoleEnd { get; private set; }

    /// <summary>The column that the next token goes to.</summary>
    public int End => Tokens.Count + HoleEnd - HoleStart;

    /// <summary>Tokens that lie in columns of their own number.</summary>
    public int Unbroken => HoleEnd > HoleStart ? HoleStart : Tokens.Count;

    public void Clear()
    {
        Tokens.Clear();
        HoleStart = HoleEnd = 0;
    }

    /// <summary>The next token goes to this column; there must be no hole yet.</summary>
    public void Skip(int to) => (HoleStart, HoleEnd) = (Tokens.Count, to);

    public void CloseHole() => HoleStart = HoleEnd = 0;

    /// <summary>1 for columns with a token, 0 for the hole.</summary>
    public void Mask(Span<long> mask)
    {
        mask.Fill(1);
        mask[HoleStart..HoleEnd].Clear();
    }
}
