using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.App.Improvement.Training;

[JsonConverter(typeof(EnumWords<TrainingState>))]
public enum TrainingState
{
    Running,
    Succeeded,

    /// <summary>The trainer said why it cannot: another start would end in the same way.</summary>
    Failed,

    /// <summary>It was cut off: another start carries it on.</summary>
    Interrupted,
}
