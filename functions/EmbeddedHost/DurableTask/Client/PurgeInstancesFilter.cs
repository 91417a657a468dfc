namespace Microsoft.DurableTask.Client;

/// <summary>Which finished instances to purge.</summary>
public record PurgeInstancesFilter(DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>The longest that the purge may take; what is left then stays.</summary>
    public TimeSpan? Timeout { get; init; }
}
