namespace ChatLoop.App.Dashboard.Views;

/// <summary>How one labeler goes with the others. Whoever is at chance is named here and nothing else: what they said is kept.</summary>
/// <param name="Tasks">Rankings that they share with somebody.</param>
/// <param name="PValue">The probability that chance alone agrees at least so well.</param>
/// <param name="IsAtChance">Null where there are too few tasks to say.</param>
/// <param name="Gold">Null where they have ranked no gold task.</param>
internal sealed record LabelerView(string Labeler, int Tasks, double? MeanTauB, double? PValue, bool? IsAtChance, GoldFigures? Gold);
