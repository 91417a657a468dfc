namespace Microsoft.DurableTask.Client;

/// <summary>Extensions of <see cref="StartOrchestrationOptions"/>.</summary>
public static class StartOrchestrationOptionsExtensions
{
    public static readonly IReadOnlyList<OrchestrationRuntimeStatus> ValidDedupeStatuses = Enum.GetValues<OrchestrationRuntimeStatus>();

    /// <summary>An existing instance of the same id in one of these statuses is not replaced: starting it again throws.</summary>
    public static StartOrchestrationOptions WithDedupeStatuses(this StartOrchestrationOptions options, params OrchestrationRuntimeStatus[] dedupeStatuses)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { DedupeStatuses = [.. dedupeStatuses.Select(status => status.ToString())] };
    }
}
