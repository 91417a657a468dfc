namespace ChatLoop.App.Labeling.Views;

internal sealed record LeasedTasks(IReadOnlyList<LeasedTask> Tasks);
