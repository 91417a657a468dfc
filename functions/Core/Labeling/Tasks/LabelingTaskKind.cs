using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>What a labeler is asked to do.</summary>
[JsonConverter(typeof(EnumWords<LabelingTaskKind>))]
public enum LabelingTaskKind
{
    /// <summary>Order K answers, ties allowed.</summary>
    Rank,

    /// <summary>Rate each answer by itself.</summary>
    Rate,

    /// <summary>Write the ideal answer.</summary>
    Write,

    /// <summary>Say which categories of moderation an answer falls into, or that it falls into none.</summary>
    Flag,
}
