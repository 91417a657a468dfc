namespace ChatLoop.Core.Labeling.Tasks;

/// <summary>A labeler passed the task on, and does not get it again.</summary>
public sealed record Skip(string Labeler, SkipReason Reason, string? Comment, DateTimeOffset At);
