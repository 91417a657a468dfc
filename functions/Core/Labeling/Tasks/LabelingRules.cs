using System.ComponentModel.DataAnnotations;

namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>How tasks are handed out.</summary>
public sealed class LabelingRules
{
    /// <summary>How long a labeler may hold a task before it returns.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The most tasks that one labeler may hold at a time.</summary>
    [Range(1, 100)]
    public int MostOpenLeases { get; set; } = 3;
}
