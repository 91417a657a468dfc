using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.Core.Feedback;

/// <summary>What a thumb is for or against.</summary>
[JsonConverter(typeof(EnumWords<FeedbackReason>))]
public enum FeedbackReason
{
    Correct,
    Helpful,
    WellWritten,
    Untrue,
    NotHelpful,
    Harmful,
    IgnoresInstructions,
    TooLong,
    TooShort,
    WronglyRefused,
    Other,
}
