namespace ChatLoop.App.Dashboard.Views;

/// <summary>Krippendorff's alpha of ratings, ordinal.</summary>
internal sealed record RatingAlphas(double? Helpful, double? Honest, double? Harmless);
