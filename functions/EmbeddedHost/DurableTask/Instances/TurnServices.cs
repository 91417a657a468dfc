using Microsoft.DurableTask.Orchestrations;
using Microsoft.DurableTask.Store;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Instances;

/// <summary>What turns need from around them.</summary>
internal sealed class TurnServices(Orchestrators orchestrators, ILogger logger, TimeProvider time)
{
    private long _messages;

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Raised by the engine when an orchestrator comes back from where it should not have been.</summary>
    public Action<string, InstanceMessage>? Strayed { get; set; }

    public static string NewExecution() => Guid.NewGuid().ToString("N");

    /// <summary>Above every number that the store has in use.</summary>
    public void StartMessagesAfter(long last) => _messages = last;

    public long NextMessage() => Interlocked.Increment(ref _messages);

    public Task<ReplayResult> RunAsync(InstanceState live)
    {
        var (id, execution) = (live.Row.Id, live.Row.Execution);
        return orchestrators.RunAsync(live, what => Strayed?.Invoke(id, new InstanceMessage.Stray(what, execution)));
    }

    public void Ended(InstanceRow row)
    {
        if (row.Failure is { } failure)
            Logs.OrchestrationFailed(logger, row.Name, row.Id, failure.Type);
        else
            Logs.OrchestrationEnded(logger, row.Name, row.Id, row.Status, (long)(Now - row.CreatedAt).TotalMilliseconds);
    }
}
