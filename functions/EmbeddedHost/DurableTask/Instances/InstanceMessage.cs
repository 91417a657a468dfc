using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.History;

namespace Microsoft.DurableTask.Instances;

/// <summary>Something for an instance to take in at its next turn.</summary>
internal abstract record InstanceMessage
{
    /// <summary>Completes once the turn that took the message is on the disk; says whether it had any effect.</summary>
    public TaskCompletionSource<bool> Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the instance, unless one of its id exists in a status that must not be replaced.</summary>
    /// <param name="InboxId">0 when it comes from a client.</param>
    public sealed record Start(ExecutionStarted Event, IReadOnlyCollection<OrchestrationRuntimeStatus> Kept, long InboxId = 0) : InstanceMessage;

    /// <param name="Execution">The run that it is meant for; null for whichever there is.</param>
    /// <param name="InboxId">0 when it does not come from another instance.</param>
    public sealed record Deliver(Func<DateTime, HistoryEvent> Make, string? Execution = null, long InboxId = 0) : InstanceMessage;

    /// <summary>Makes it look whether there is anything to do: its start is due, or the host has started.</summary>
    public sealed record Wake : InstanceMessage;

    /// <summary>The orchestrator left its thread.</summary>
    public sealed record Stray(string What, string Execution) : InstanceMessage;

    /// <summary>Forgets the instance if it has finished.</summary>
    public sealed record Purge : InstanceMessage;
}
