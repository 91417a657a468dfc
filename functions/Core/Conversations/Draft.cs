using System.Text.Json.Serialization;

namespace ChatLoop.Core.Conversations;

/// <summary>A generated answer that has not been moderated yet.</summary>
public sealed record Draft(string Text, string FinishReason, Usage? Usage, double GenerationMs)
{
    /// <summary>The kinds of personal data that were masked in it; null where there were none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Masked { get; init; }
}
