namespace ChatLoop.Core.Labeling.Agreement;

/// <summary>What the differences between values mean.</summary>
public enum MeasurementLevel
{
    /// <summary>Values are equal or not.</summary>
    Nominal,

    /// <summary>Values have an order: ranks, ratings.</summary>
    Ordinal,

    /// <summary>Differences between values can be compared.</summary>
    Interval,
}
