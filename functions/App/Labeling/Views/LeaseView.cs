namespace ChatLoop.App.Labeling.Views;

internal sealed record LeaseView(DateTimeOffset Until);
