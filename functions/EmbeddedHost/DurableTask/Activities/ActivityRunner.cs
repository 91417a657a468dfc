using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Queues;
using Microsoft.DurableTask.History;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Activities;

/// <summary>Runs one activity function and says what to record of it.</summary>
internal sealed class ActivityRunner(
    FunctionCatalog catalog, FunctionInvoker invoker, QueueSender outputs, HostLog log, HostDrain drain, DataConverter converter, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("Host.Durable");

    private readonly NamedFunctions _functions = new(
        "activity", catalog.With<ActivityTriggerAttribute>().Select(f => (f.Trigger.Activity ?? f.Function.Name, f.Function)));

    /// <returns>Null when the host stopped it: it has neither succeeded nor failed, and runs again at the next start.</returns>
    public async Task<Func<DateTime, HistoryEvent>?> RunAsync(ActivityWork work)
    {
        if (!_functions.TryGet(work.Name, out var function, out var unknown))
            return now => new TaskFailed(now, work.TaskId, unknown);
        try
        {
            var result = await RunAsync(function, work);
            return now => new TaskCompleted(now, work.TaskId, result);
        }
        // Whatever it throws while the host gives up on it may be no more than that.
        catch (Exception) when (drain.Token.IsCancellationRequested)
        {
            Logs.ActivityCancelled(_logger, work.Name, work.InstanceId);
            return null;
        }
        // The activity's failure is the orchestrator's to handle.
        catch (Exception e)
        {
            var failure = Failure.Of(e);
            return now => new TaskFailed(now, work.TaskId, failure);
        }
    }

    private async Task<string?> RunAsync(FunctionDescriptor function, ActivityWork work)
    {
        var bindingData = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = work.InstanceId };
        await using var invocation = invoker.Begin(function, new TriggerEvent(work, bindingData), CancellationToken.None);
        string? text = null;
        await log.RunAsync(invocation, async () =>
        {
            var result = await invocation.RunAsync();
            await outputs.SendAsync(function, result, invocation.CancellationToken);
            text = converter.Serialize(result);
        });
        return text;
    }
}
