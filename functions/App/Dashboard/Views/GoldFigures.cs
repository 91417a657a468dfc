namespace ChatLoop.App.Dashboard.Views;

/// <summary>How a labeler's rankings of gold tasks go with what is known to be right.</summary>
internal sealed record GoldFigures(int Tasks, double? MeanTau);
