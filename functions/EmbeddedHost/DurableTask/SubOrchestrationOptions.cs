namespace Microsoft.DurableTask;

/// <summary>Options of a sub-orchestration call.</summary>
public record SubOrchestrationOptions : TaskOptions
{
    public SubOrchestrationOptions(TaskRetryOptions? retry = null, string? instanceId = null)
        : base(retry)
    {
        InstanceId = instanceId;
    }

    public SubOrchestrationOptions(TaskOptions options, string? instanceId = null)
        : base(options)
    {
        InstanceId = instanceId ?? (options as SubOrchestrationOptions)?.InstanceId;
    }

    /// <summary>The sub-orchestration's instance id; one derived from the parent's by default.</summary>
    public string? InstanceId { get; init; }
}
