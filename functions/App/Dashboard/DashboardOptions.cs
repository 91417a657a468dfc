using System.ComponentModel.DataAnnotations;

namespace ChatLoop.App.Dashboard;

/// <summary>What the administrator's overview shows.</summary>
public sealed class DashboardOptions
{
    public const string Section = "Dashboard";

    /// <summary>How long figures are shown before they are made anew: with ten thousand tasks that takes seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many days of throughput are shown.</summary>
    [Range(1, 366)]
    public int Days { get; set; } = 30;

    /// <summary>How many of the largest disagreements are shown.</summary>
    [Range(1, 1000)]
    public int MostDisagreements { get; set; } = 50;
}
