using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Every log line of the host. Events 1 to 99; the durable runtime has its own from 100.</summary>
internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Information, "Executed {Function} ({Invocation}) in {Milliseconds} ms.")]
    public static partial void Executed(ILogger logger, string function, string invocation, long milliseconds);

    [LoggerMessage(2, LogLevel.Error, "{Function} ({Invocation}) failed after {Milliseconds} ms.")]
    public static partial void Failed(ILogger logger, Exception exception, string function, string invocation, long milliseconds);

    [LoggerMessage(3, LogLevel.Information, "{Function} ({Invocation}) was cancelled after {Milliseconds} ms.")]
    public static partial void Cancelled(ILogger logger, string function, string invocation, long milliseconds);

    [LoggerMessage(4, LogLevel.Error, "{Function} ({Invocation}) was cancelled after {Milliseconds} ms: functionTimeout in host.json.")]
    public static partial void TimedOut(ILogger logger, string function, string invocation, long milliseconds);

    [LoggerMessage(5, LogLevel.Information, "{Function} ({Invocation}) refused a bad request with {Status}.")]
    public static partial void BadRequest(ILogger logger, string function, string invocation, int status);

    [LoggerMessage(10, LogLevel.Warning, "host.json: no setting is called {Names}; ignored.")]
    public static partial void UnknownSettings(ILogger logger, string names);

    [LoggerMessage(20, LogLevel.Warning, "Queue {Queue} cannot be read; trying again in {Milliseconds} ms.")]
    public static partial void QueueUnreadable(ILogger logger, Exception exception, string queue, double milliseconds);

    [LoggerMessage(21, LogLevel.Error, "Message {Message} of queue {Queue} moved to {Poison} after {Attempts} attempts.")]
    public static partial void Poisoned(ILogger logger, string message, string queue, string poison, long attempts);

    [LoggerMessage(22, LogLevel.Error, "Message {Message} of queue {Queue} is not base64 (extensions.queues.messageEncoding); it goes to {Poison}.")]
    public static partial void NotBase64(ILogger logger, string message, string queue, string poison);

    [LoggerMessage(23, LogLevel.Warning, "Message {Message} of queue {Queue} could not be settled; it comes again when its visibility time-out ends.")]
    public static partial void Unsettled(ILogger logger, Exception exception, string message, string queue);

    [LoggerMessage(24, LogLevel.Warning, "The visibility of message {Message} of queue {Queue} could not be renewed; it may be processed twice.")]
    public static partial void NotRenewed(ILogger logger, Exception exception, string message, string queue);

    [LoggerMessage(30, LogLevel.Information, "{Function} fires next at {Next:u}.")]
    public static partial void TimerScheduled(ILogger logger, string function, DateTime next);

    [LoggerMessage(31, LogLevel.Warning, "{Function} is retried in {Delay} (attempt {Attempt}).")]
    public static partial void TimerRetried(ILogger logger, string function, TimeSpan delay, int attempt);

    [LoggerMessage(32, LogLevel.Warning, "The timer state {Path} is damaged or unreadable, and starts afresh.")]
    public static partial void TimerStateDamaged(ILogger logger, Exception exception, string path);

    [LoggerMessage(33, LogLevel.Error, "The timer state {Path} cannot be written: a restart may miss a run or repeat one.")]
    public static partial void TimerStateNotWritten(ILogger logger, Exception exception, string path);

    [LoggerMessage(40, LogLevel.Information, "Installing Azurite {Version} with npm into {Folder} (once).")]
    public static partial void InstallingAzurite(ILogger logger, string version, string folder);

    [LoggerMessage(41, LogLevel.Information, "Azurite {Version} listens on ports {Ports}; its data is in {Folder}.")]
    public static partial void AzuriteStarted(ILogger logger, string version, string ports, string folder);

    [LoggerMessage(42, LogLevel.Critical, "Azurite has stopped (exit code {ExitCode}): storage is gone until the host is started again. {LastLine}")]
    public static partial void AzuriteDied(ILogger logger, int exitCode, string lastLine);

    [LoggerMessage(43, LogLevel.Information, "Using the storage emulator that already listens on ports {Ports}.")]
    public static partial void AzuriteFound(ILogger logger, string ports);
}
