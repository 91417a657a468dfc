using ChatLoop.Core.Moderation;

namespace ChatLoop.Training.Moderation;

/// <summary>A text and what is known of it.</summary>
/// <param name="Source">The data set it is from.</param>
/// <param name="Labels">By category: whether the text belongs to it. A category that is absent is unknown, never "no".</param>
/// <param name="ForValidation">Which side of the split it is on; null: its hash decides.</param>
internal sealed record LabeledText(string Source, string Text, IReadOnlyDictionary<string, bool> Labels, bool? ForValidation = null)
{
    /// <summary>Known to belong to no category at all.</summary>
    public static IReadOnlyDictionary<string, bool> Harmless { get; } = ModerationCategory.All.ToDictionary(category => category, _ => false);

    public static Dictionary<string, bool> Yes(params string[] categories) => categories.ToDictionary(category => category, _ => true);

    public static Dictionary<string, bool> No(params string[] categories) => categories.ToDictionary(category => category, _ => false);
}
