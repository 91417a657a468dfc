namespace ChatLoop.App.Dashboard.Views;

/// <param name="Day">In UTC.</param>
/// <param name="Labelers">How many different ones submitted on that day.</param>
internal sealed record DayFigures(DateOnly Day, int Submissions, int Labelers);
