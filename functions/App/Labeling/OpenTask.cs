namespace ChatLoop.App.Labeling;

/// <summary>A row of the index of open tasks.</summary>
internal sealed record OpenTask(string TaskId, string? FollowUpOf, string Partition, string Row);
