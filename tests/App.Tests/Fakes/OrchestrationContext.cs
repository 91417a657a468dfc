using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>
/// Runs an orchestrator against scripted activities. Whatever crosses the boundary goes through JSON, as on a host; each action is
/// noted. Timers fire and events arrive when the test says so.
/// </summary>
internal sealed class OrchestrationContext(object input) : TaskOrchestrationContext
{
    private readonly Dictionary<string, Func<object?, Task<object?>>> activities = [];
    private readonly Dictionary<string, TaskCompletionSource<object>> events = [];
    private readonly List<(DateTime At, TaskCompletionSource Fired)> timers = [];
    private DateTime now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>What the orchestrator did, in order.</summary>
    public List<string> Actions { get; } = [];

    public List<(string Activity, object? Input)> Calls { get; } = [];

    public IEnumerable<DateTime> OpenTimers => timers.Where(timer => !timer.Fired.Task.IsCompleted).Select(timer => timer.At);

    public override TaskName Name => "orchestrator";

    public override string InstanceId => "instance";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => now;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public OrchestrationContext On<TInput>(string activity, Func<TInput, object?> result) => On<TInput>(activity, async given => result(given));

    public OrchestrationContext On<TInput>(string activity, Func<TInput, Task<object?>> result)
    {
        activities[activity] = given => result((TInput)ThroughJson(given, typeof(TInput))!);
        return this;
    }

    public void Raise(string eventName, object payload) => Event(eventName).TrySetResult(payload);

    /// <summary>Fires the earliest timer that is open; the time is then its.</summary>
    public void FireTimer()
    {
        var next = timers.Where(timer => !timer.Fired.Task.IsCompleted).MinBy(timer => timer.At);
        now = next.At > now ? next.At : now;
        next.Fired.SetResult();
    }

    public override T GetInput<T>() => (T)ThroughJson(input, typeof(T))!;

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Actions.Add($"call {name.Name}");
        Calls.Add((name.Name, input));
        var attempts = options?.Retry?.Policy?.MaxNumberOfAttempts ?? 1;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (TResult)ThroughJson(await activities[name.Name](input), typeof(TResult))!;
            }
            catch (Exception e) when (attempt >= attempts && e is not TaskCanceledException)
            {
                throw new TaskFailedException(name.Name, 1, e);
            }
            catch (Exception e) when (e is not (TaskCanceledException or KeyNotFoundException))
            {
                Actions.Add($"retry {name.Name}");
            }
        }
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Actions.Add($"timer {fireAt - CurrentUtcDateTime}");
        var fired = new TaskCompletionSource();
        cancellationToken.Register(() => fired.TrySetCanceled(cancellationToken));
        timers.Add((fireAt, fired));
        return fired.Task;
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        Actions.Add($"wait {eventName}");
        return (T)await Event(eventName).Task.WaitAsync(cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload) => Actions.Add($"send {eventName} to {instanceId}");

    public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();

    private TaskCompletionSource<object> Event(string name) => events.TryGetValue(name, out var source) ? source : events[name] = new TaskCompletionSource<object>();

    // The converter of the durable packages is System.Text.Json with its defaults.
    private static object? ThroughJson(object? value, Type type) => JsonSerializer.Deserialize(JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object)), type);
}
