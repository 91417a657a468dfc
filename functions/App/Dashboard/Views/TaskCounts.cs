namespace ChatLoop.App.Dashboard.Views;

internal sealed record TaskCounts(int Open, int Leased, int Submitted, int Closed);
