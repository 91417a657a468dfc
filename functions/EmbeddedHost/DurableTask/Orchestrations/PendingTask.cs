namespace Microsoft.DurableTask.Orchestrations;

/// <summary>What the orchestrator awaits.</summary>
internal abstract class PendingTask
{
    public abstract bool IsCompleted { get; }

    /// <summary>Reads the result in the type asked for; one that does not read fails the task.</summary>
    public abstract void Complete(string? result);

    public abstract void Fail(Exception exception);

    public abstract void Cancel(CancellationToken cancellationToken);
}
