namespace ChatLoop.App.Labeling;

/// <summary>A labeler's place for a task, taken before the task itself is leased.</summary>
internal sealed record Reservation(string TaskId, DateTimeOffset Until);
