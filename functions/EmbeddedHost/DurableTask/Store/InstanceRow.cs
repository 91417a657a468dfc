using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.History;

namespace Microsoft.DurableTask.Store;

/// <summary>What is known of an instance without reading its history. Payloads are JSON texts.</summary>
internal sealed record InstanceRow(string Id, string Execution, string Name, string Version, DateTime CreatedAt)
{
    public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Pending;

    public DateTime UpdatedAt { get; init; } = CreatedAt;

    public string? ParentId { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? CustomStatus { get; init; }

    public Failure? Failure { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>How many events of the history the orchestrator has seen; what lies after them is new to it.</summary>
    public int Processed { get; init; }

    public bool IsFinished => Status.IsFinished();
}
