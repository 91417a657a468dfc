using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.Core.Moderation;

/// <summary>What becomes of a text that could not be judged.</summary>
[JsonConverter(typeof(EnumWords<WhenUnavailable>))]
public enum WhenUnavailable
{
    /// <summary>It does not pass.</summary>
    Closed,

    /// <summary>It passes, and its turn says that it was not moderated.</summary>
    Open,
}
