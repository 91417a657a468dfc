namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the <see cref="Microsoft.DurableTask.TaskOrchestrationContext"/> of an orchestrator.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OrchestrationTriggerAttribute : Extensions.Abstractions.TriggerBindingAttribute
{
    /// <summary>The orchestration's name; the function's by default.</summary>
    public string? Orchestration { get; set; }
}
