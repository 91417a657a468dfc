namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>A labeler's hold on one place of a task.</summary>
public sealed record Lease(string Labeler, DateTimeOffset Since, DateTimeOffset Until);
