using System.Text.Json.Serialization;

namespace ChatLoop.Core.Conversations;

/// <summary>The verdict on one text: the categories over their thresholds, the most certain first, and the score (0 to 1) of each category.</summary>
public sealed record TextModeration(bool Flagged, IReadOnlyList<string> Categories, IReadOnlyDictionary<string, double> Scores)
{
    /// <summary>In the place of a verdict, where there is none and the text passes.</summary>
    public static TextModeration None { get; } = new(false, [], new Dictionary<string, double>()) { NotModerated = true };

    /// <summary>Who judged; null in what was stored before this was noted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>What the policy has people look at, though the text passed; null where there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Review { get; init; }

    /// <summary>What was taken out of the text: categories, and kinds of personal data; null where nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Masked { get; init; }

    /// <summary>Whether nobody has judged the text: moderation did not work, and the policy lets such texts pass.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NotModerated { get; init; }

    /// <summary>Notes kinds of personal data that were masked before anybody judged.</summary>
    public TextModeration With(IReadOnlyList<string>? masked) => masked is null ? this : this with { Masked = [.. masked, .. Masked ?? []] };
}
