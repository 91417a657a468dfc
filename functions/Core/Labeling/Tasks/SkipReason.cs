using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>Why a labeler passes a task on.</summary>
[JsonConverter(typeof(EnumWords<SkipReason>))]
public enum SkipReason
{
    /// <summary>The prompt cannot be understood.</summary>
    Unclear,

    /// <summary>It takes knowledge that the labeler does not have.</summary>
    TooHard,

    /// <summary>It is in a language that the labeler does not read.</summary>
    Language,

    /// <summary>The labeler does not want to read such content.</summary>
    Disturbing,

    /// <summary>It names private persons or their data.</summary>
    PersonalData,

    /// <summary>Something is missing or shown wrongly.</summary>
    Broken,

    /// <summary>As the comment says.</summary>
    Other,
}
