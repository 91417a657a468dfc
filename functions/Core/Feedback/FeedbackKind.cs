using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.Core.Feedback;

[JsonConverter(typeof(EnumWords<FeedbackKind>))]
public enum FeedbackKind
{
    ThumbUp,
    ThumbDown,

    /// <summary>Of two drafts, the user prefers one.</summary>
    Preference,

    /// <summary>The user wrote how the answer should have been.</summary>
    Correction,
}
