using ChatLoop.Core.Datasets;

namespace ChatLoop.App.Datasets;

/// <summary>Everything that people said, as a data set takes it.</summary>
internal sealed class GatheredJudgements
{
    public List<ComparisonJudgement> Comparisons { get; } = [];

    public List<DemonstrationJudgement> Demonstrations { get; } = [];

    public List<RatingJudgement> Ratings { get; } = [];

    public List<ModerationJudgement> Moderations { get; } = [];

    public NotUsed NotUsed { get; set; } = new(0, 0, 0, 0);

    public Judgements With(IReadOnlySet<string> consentingUsers) => new(Comparisons, Demonstrations, Ratings, consentingUsers) { Moderations = Moderations };
}
