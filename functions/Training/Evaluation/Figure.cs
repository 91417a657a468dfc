using ChatLoop.Training.Evaluation.Statistics;

namespace ChatLoop.Training.Evaluation;

/// <summary>One number of a table.</summary>
/// <param name="Test">The test, such as `blimp`.</param>
/// <param name="Part">A set or phenomenon within it, or `all`.</param>
/// <param name="Metric">What the number is.</param>
/// <param name="Count">n: items that it is the mean of.</param>
internal sealed record Figure(string Test, string Part, string Metric, double Value, int Count)
{
    public double? StandardError { get; init; }

    /// <summary>Lower end of the 95 % interval.</summary>
    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>What guessing gives.</summary>
    public double? Chance { get; init; }

    /// <summary>Figures of others on the same items, by their name.</summary>
    public IReadOnlyDictionary<string, double>? Published { get; init; }

    /// <summary>What the same number of another model stands under.</summary>
    public (string Test, string Part, string Metric) Row => (Test, Part, Metric);

    /// <summary>A share of n items, each right or wrong (a half counts half): binomial standard error and Wilson's interval.</summary>
    public static Figure Share(string test, string part, string metric, double right, int count)
    {
        var share = right / count;
        var (low, high) = WilsonInterval.Of(share, count);
        return new Figure(test, part, metric, share, count) { StandardError = Math.Sqrt(share * (1 - share) / count), Low = low, High = high };
    }

    /// <summary>The mean of n numbers, with the standard error from their deviation and the normal interval.</summary>
    public static Figure Mean(string test, string part, string metric, IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        var error = values.Count > 1 ? Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) / values.Count) : (double?)null;
        return new Figure(test, part, metric, mean, values.Count).WithError(error);
    }

    /// <summary>The same with a standard error and the normal interval around it.</summary>
    public Figure WithError(double? error) => this with { StandardError = error, Low = Value - WilsonInterval.Quantile * error, High = Value + WilsonInterval.Quantile * error };
}
