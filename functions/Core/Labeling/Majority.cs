namespace ChatLoop.Core.Labeling;

/// <summary>A pair of answers of which more labelers prefer the one.</summary>
/// <param name="Better">Index of the answer that more prefer.</param>
/// <param name="Worse">Index of the other.</param>
/// <param name="For">How many prefer the better one.</param>
/// <param name="Against">How many prefer the worse one; the others tied them.</param>
public sealed record Majority(int Better, int Worse, int For, int Against)
{
    public int Margin => For - Against;
}
