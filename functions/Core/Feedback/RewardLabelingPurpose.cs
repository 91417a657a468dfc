using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.Core.Feedback;

[JsonConverter(typeof(EnumWords<RewardLabelingPurpose>))]
public enum RewardLabelingPurpose
{
    /// <summary>Scores for open tasks, shown to labelers only after they have submitted.</summary>
    PreAnnotation,

    /// <summary>Labels for data of AI feedback.</summary>
    AiFeedback,

    /// <summary>Where the model and people differ, so that people look first at these.</summary>
    Disagreement,
}
