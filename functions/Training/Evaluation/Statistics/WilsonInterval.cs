namespace ChatLoop.Training.Evaluation.Statistics;

/// <summary>The score interval of a share (Wilson 1927; Newcombe 1998, method 3): it stays within [0, 1] and holds for small n.</summary>
internal static class WilsonInterval
{
    /// <summary>Of the normal distribution, for 95 %.</summary>
    public const double Quantile = 1.959964;

    public static (double Low, double High) Of(double share, int count)
    {
        const double Square = Quantile * Quantile;
        var centre = (share + Square / (2 * count)) / (1 + Square / count);
        var half = Quantile * Math.Sqrt(share * (1 - share) / count + Square / (4.0 * count * count)) / (1 + Square / count);
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
