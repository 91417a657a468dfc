namespace ChatLoop.Core.Labeling.Agreement;

/// <summary>
/// Krippendorff's alpha: 1 for perfect agreement, 0 for what chance gives, below 0 for systematic disagreement.
/// Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): any number of observers, missing values allowed.
/// </summary>
public static class KrippendorffAlpha
{
    /// <param name="units">For each unit the values that observers gave it; who gave none is left out. Units with fewer than two count for nothing.</param>
    /// <param name="level">How differences are weighed.</param>
    /// <returns>Null where alpha is not defined: nothing to pair, or all values are the same.</returns>
    public static double? Of(IEnumerable<IReadOnlyList<double>> units, MeasurementLevel level)
    {
        ArgumentNullException.ThrowIfNull(units);
        IReadOnlyList<double>[] pairable = [.. units.Where(unit => unit.Count > 1)];
        double[] values = [.. pairable.SelectMany(unit => unit).Distinct().Order()];
        var coincidences = Coincidences(pairable, values);
        var totals = new double[values.Length];
        for (var c = 0; c < values.Length; c++)
            for (var k = 0; k < values.Length; k++) totals[c] += coincidences[c, k];

        var (observed, expected) = (0.0, 0.0);
        for (var c = 0; c < values.Length; c++)
        {
            for (var k = c + 1; k < values.Length; k++)
            {
                var difference = Difference(values, totals, c, k, level);
                observed += coincidences[c, k] * difference * difference;
                expected += totals[c] * totals[k] * difference * difference;
            }
        }

        return expected > 0 ? 1 - ((totals.Sum() - 1) * observed / expected) : null;
    }

    private static double[,] Coincidences(IReadOnlyList<double>[] units, double[] values)
    {
        var coincidences = new double[values.Length, values.Length];
        foreach (var unit in units)
        {
            int[] places = [.. unit.Select(value => Array.BinarySearch(values, value))];
            for (var i = 0; i < places.Length; i++)
                for (var j = 0; j < places.Length; j++)
                    if (i != j) coincidences[places[i], places[j]] += 1.0 / (places.Length - 1);
        }

        return coincidences;
    }

    private static double Difference(double[] values, double[] totals, int c, int k, MeasurementLevel level) => level switch
    {
        MeasurementLevel.Nominal => 1,
        MeasurementLevel.Ordinal => totals[c..(k + 1)].Sum() - ((totals[c] + totals[k]) / 2),
        MeasurementLevel.Interval => values[k] - values[c],
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "A level is nominal, ordinal or interval."),
    };
}
