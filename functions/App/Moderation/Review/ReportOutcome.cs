using System.Text.Json.Serialization;
using ChatLoop.Core.Json;

namespace ChatLoop.App.Moderation.Review;

/// <summary>What people made of a reported turn.</summary>
[JsonConverter(typeof(EnumWords<ReportOutcome>))]
public enum ReportOutcome
{
    /// <summary>Not enough people have looked yet.</summary>
    Waiting,

    /// <summary>More than half of them find nothing wrong: it was blocked by mistake.</summary>
    Harmless,

    Harmful,
}
