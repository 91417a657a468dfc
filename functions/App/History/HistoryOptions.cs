using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.History;

/// <summary>How long the traces of finished turns are kept. Conversations themselves are never purged.</summary>
public sealed class HistoryOptions
{
    public const string Section = "History";

    /// <summary>Age from which finished orchestrations and idempotency keys are purged, once a day.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(7);
}
