namespace ChatLoop.App.Dashboard.Views;

/// <summary>How far labelers agree; figures are null where there is nothing to compute them from.</summary>
/// <param name="KrippendorffAlpha">Of rankings, ordinal: 1 is perfect, 0 what chance gives.</param>
/// <param name="Pairwise">The share of pairs of answers that two labelers order the same way, where both have a preference; chance gives 0.5.</param>
/// <param name="ModelVersusPeople">The same share of the reward model and people's consensus.</param>
internal sealed record AgreementView(double? KrippendorffAlpha, double? Pairwise, RatingAlphas Ratings, double? ModelVersusPeople, IReadOnlyList<LabelerView> Labelers);
