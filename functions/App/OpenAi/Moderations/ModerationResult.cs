using ChatLoop.Core.Moderation;

namespace ChatLoop.App.OpenAi.Moderations;

/// <summary>The verdict on one text, with all thirteen categories.</summary>
/// <param name="CategoryAppliedInputTypes">["text"] where somebody looked: empty for a category that the model was not trained on and no rule found.</param>
internal record ModerationResult(
    bool Flagged,
    IReadOnlyDictionary<string, bool> Categories,
    IReadOnlyDictionary<string, double> CategoryScores,
    IReadOnlyDictionary<string, IReadOnlyList<string>> CategoryAppliedInputTypes)
{
    private static readonly string[] Text = ["text"];

    public static ModerationResult Of(bool flagged, IReadOnlyList<string> categories, IReadOnlyDictionary<string, double> scores)
    {
        var all = ModerationCategory.All;
        return new ModerationResult(
            flagged,
            all.ToDictionary(category => category, category => categories.Contains(category)),
            // A rule of the policy is certain of its category, also where the model knows nothing of it.
            all.ToDictionary(category => category, category => scores.TryGetValue(category, out var score) ? score : categories.Contains(category) ? 1 : 0),
            all.ToDictionary(category => category, category => (IReadOnlyList<string>)(scores.ContainsKey(category) || categories.Contains(category) ? Text : [])));
    }
}
