using System.Text.Json.Serialization;

namespace ChatLoop.Core.Conversations;

/// <summary>The verdict on one text: the categories over their thresholds, the most certain first, and the score (0 to 1) of each category.</summary>
public sealed record TextModeration(bool Flagged, IReadOnlyList<string> Categories, IReadOnlyDictionary<string, double> Scores)
{
    /// <summary>Who judged; null in what was stored before this was noted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }
}
