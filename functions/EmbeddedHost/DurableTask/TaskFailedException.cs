namespace Microsoft.DurableTask;

/// <summary>An activity or sub-orchestration failed, retries included.</summary>
#pragma warning disable CA1032 // The official type has these constructors only.
public sealed class TaskFailedException : Exception
#pragma warning restore CA1032
{
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : this(taskName, taskId, TaskFailureDetails.FromException(innerException))
    {
    }

    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base($"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {failureDetails?.ErrorMessage}")
    {
        ArgumentNullException.ThrowIfNull(failureDetails);
        (TaskName, TaskId, FailureDetails) = (taskName, taskId, failureDetails);
    }

    public string TaskName { get; }

    public int TaskId { get; }

    public TaskFailureDetails FailureDetails { get; }
}
