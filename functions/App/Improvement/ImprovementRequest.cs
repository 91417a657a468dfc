namespace ChatLoop.App.Improvement;

/// <summary>The body of POST /api/improvements.</summary>
internal sealed record ImprovementRequest(string? Reason, string? Recipe)
{
    private const int LongestReason = 1_000;

    public string? Mistake() =>
        Reason?.Length > LongestReason ? $"reason has {Reason.Length} characters; at most {LongestReason} are taken."
        : Recipe is null || (Recipe.Length is > 0 and <= 64 && Recipe.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) ? null
        : "recipe is the name of a recipe beside the one of the settings: letters, digits and hyphens.";
}
