namespace ChatLoop.Core.Datasets;

/// <summary>Everything that a version is made from, in any order.</summary>
/// <param name="ConsentingUsers">Whose prompts may be kept. Who is not among them is left out of the version, whoever labeled.</param>
public sealed record Judgements(
    IReadOnlyCollection<ComparisonJudgement> Comparisons,
    IReadOnlyCollection<DemonstrationJudgement> Demonstrations,
    IReadOnlyCollection<RatingJudgement> Ratings,
    IReadOnlySet<string> ConsentingUsers)
{
    public IReadOnlyCollection<ModerationJudgement> Moderations { get; init; } = [];
}
