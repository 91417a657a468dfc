namespace Microsoft.DurableTask;

/// <summary>Options of starting an orchestration from a client.</summary>
public record StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
{
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public TaskVersion? Version { get; init; }

    /// <summary>Statuses in which an instance of the same id must not be replaced; null: the host's default, which replaces finished ones.</summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
