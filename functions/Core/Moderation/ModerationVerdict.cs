namespace ChatLoop.Core.Moderation;

/// <summary>What moderation found in one text. It holds no word of the text.</summary>
/// <param name="Flagged">Whether the text must not pass.</param>
/// <param name="Categories">The flagged categories, the surest first: by score over threshold, blocklist rules before scores.</param>
/// <param name="Scores">The model's probability for each category that it was trained on; others are absent.</param>
/// <param name="BlocklistRules">The names of the blocklist rules that matched.</param>
/// <param name="Model">The name of the model that gave the scores.</param>
public sealed record ModerationVerdict(
    bool Flagged,
    IReadOnlyList<string> Categories,
    IReadOnlyDictionary<string, double> Scores,
    IReadOnlyList<string> BlocklistRules,
    string Model);
