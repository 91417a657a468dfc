using System.ComponentModel.DataAnnotations;
using ChatLoop.Core.Labeling.Agreement;

namespace ChatLoop.App.Labeling;

/// <summary>How tasks are prepared and handed out; the same section holds <see cref="Core.Labeling.Tasks.LabelingRules"/>.</summary>
public sealed class LabelingOptions
{
    public const string Section = "Labeling";

    /// <summary>Which share of the tasks that a labeler gets are gold tasks, as long as there are any: labelers are measured by them.</summary>
    [Range(0.0, 1.0)]
    public double GoldShare { get; set; } = 0.1;

    /// <summary>How often a draft that was flagged, empty or said already is drafted again.</summary>
    [Range(0, 20)]
    public int MostRedrafts { get; set; } = 3;

    /// <summary>Kendall's tau-b of people and the reward model (<see cref="KendallTau"/>) below which they disagree.</summary>
    [Range(-1.0, 1.0)]
    public double DisagreementTau { get; set; }

    /// <summary>How many labelers a follow-up task asks for beyond those of the task that it follows.</summary>
    [Range(1, 10)]
    public int FollowUpLabelers { get; set; } = 2;

    /// <summary>The most requests that one import or one call takes.</summary>
    [Range(1, 1_000_000)]
    public int MostRequests { get; set; } = 10_000;
}
