using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>The log lines of the durable runtime, from event 100.</summary>
internal static partial class Logs
{
    [LoggerMessage(100, LogLevel.Information, "Orchestration {Name} ({Instance}) ended as {Status} after {Milliseconds} ms.")]
    public static partial void OrchestrationEnded(ILogger logger, string name, string instance, OrchestrationRuntimeStatus status, long milliseconds);

    // The message may hold what a user wrote; the instance keeps it.
    [LoggerMessage(101, LogLevel.Error, "Orchestration {Name} ({Instance}) failed: {ErrorType}.")]
    public static partial void OrchestrationFailed(ILogger logger, string name, string instance, string errorType);

    [LoggerMessage(102, LogLevel.Information, "Carrying on {Instances} orchestrations that an earlier run of the host left unfinished.")]
    public static partial void CarryingOn(ILogger logger, int instances);

    [LoggerMessage(103, LogLevel.Critical, "The durable runtime has failed, so the host stops; the next start carries on what it had accepted.")]
    public static partial void EngineFailed(ILogger logger, Exception exception);

    [LoggerMessage(104, LogLevel.Information, "Activity {Name} of {Instance} was cancelled as the host stops; the next start runs it again.")]
    public static partial void ActivityCancelled(ILogger logger, string name, string instance);
}
