using System.Text.Json.Serialization;

namespace ChatLoop.Core.Moderation;

/// <summary>What a policy says of one category in one direction; in its file a number alone is a threshold from which texts are blocked.</summary>
/// <param name="Threshold">Scores at or above it count; null for the threshold that the model was shipped with.</param>
/// <param name="Template">The entry of the template files that answers, where the action is to answer by a template.</param>
[JsonConverter(typeof(CategoryRuleConverter))]
public sealed record CategoryRule(double? Threshold, ModerationAction Action = ModerationAction.Block, string? Template = null)
{
    /// <summary>What is done where a policy says nothing.</summary>
    public static CategoryRule Default { get; } = new((double?)null);
}
