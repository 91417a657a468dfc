using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>Where a task stands at a moment.</summary>
[JsonConverter(typeof(EnumWords<LabelingTaskState>))]
public enum LabelingTaskState
{
    /// <summary>Nobody works on it and nobody has submitted.</summary>
    Open,

    /// <summary>Somebody works on it.</summary>
    Leased,

    /// <summary>Somebody has submitted, nobody works on it, and more labelers are wanted.</summary>
    Submitted,

    /// <summary>As many as wanted have submitted.</summary>
    Closed,
}
