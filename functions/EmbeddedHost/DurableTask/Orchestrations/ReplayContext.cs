using Microsoft.DurableTask.History;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Orchestrations;

/// <summary>The context of one replay: hands out tasks, and completes them as the history goes on.</summary>
internal sealed class ReplayContext(
    string instanceId, ExecutionStarted started, string defaultVersion, Decisions decisions, OrchestratorThread thread,
    DataConverter converter, ILoggerFactory loggers) : TaskOrchestrationContext
{
    private readonly Dictionary<int, (string Name, PendingTask Task)> _pending = [];
    private readonly ExternalEventWaits _events = new();
    private DateTime _now = started.At;
    private bool _isReplaying = true;
    private int _guids;
    private ContinueAsNewOptions? _startOver;
    private string? _startOverInput;

    public override TaskName Name => started.Name;

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent =>
        started.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _isReplaying;

    public override string Version => started.Version;

    public string? CustomStatus { get; private set; }

    /// <summary>Whether anything that the history can still bring is awaited.</summary>
    public bool IsWaiting => _pending.Values.Any(pending => !pending.Task.IsCompleted) || _events.IsWaiting;

    public Outcome.StartOver? StartOver => _startOver is null ? null : new Outcome.StartOver(
        _startOverInput, _startOver.NewVersion, _startOver.PreserveUnprocessedEvents ? [.. _events.Unprocessed] : []);

    protected override ILoggerFactory LoggerFactory => loggers;

    public void Advance(DateTime at, bool isReplaying)
    {
        _now = at > _now ? at : _now;
        _isReplaying = isReplaying;
    }

    /// <summary>Completes the task that the event is about; false when the orchestrator has none of that number.</summary>
    public bool Apply(HistoryEvent happened)
    {
        switch (happened)
        {
            case TaskCompleted(_, var id, var result):
                return Complete(id, task => task.Complete(result));
            case TaskFailed(_, var id, var failure):
                return Complete(id, task => task.Fail(Failed(_pending[id].Name, id, failure)));
            case SubOrchestrationCompleted(_, var id, var result):
                return Complete(id, task => task.Complete(result));
            case SubOrchestrationFailed(_, var id, var failure):
                return Complete(id, task => task.Fail(Failed(_pending[id].Name, id, failure)));
            case TimerFired(_, var id):
                return Complete(id, task => task.Complete(null));
            case EventRaised raised:
                thread.Complete(() => _events.Raise(raised));
                return true;
            default:
                return true;
        }
    }

    /// <summary>An event that came too late for this run is the next one's.</summary>
    public void Keep(HistoryEvent happened)
    {
        if (happened is EventRaised raised)
            _events.Keep(raised);
    }

    public override T? GetInput<T>()
        where T : default => converter.Deserialize<T>(started.Input);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        if (input is TaskOptions && options is null)
            throw new ArgumentException("The input is a TaskOptions: give the options as the third argument.", nameof(input));
        return Retries.RunAsync(this, options?.Retry, () => Decide<TResult>(
            name, id => new TaskScheduled(_now, id, name, converter.Serialize(input), options?.Version?.Version ?? Version)));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        var given = (options as SubOrchestrationOptions)?.InstanceId;
        return Retries.RunAsync(this, options?.Retry, () =>
        {
            var child = given ?? NewGuid().ToString("N");
            return Decide<TResult>(orchestratorName, id => new SubOrchestrationCreated(
                _now, id, orchestratorName, child, converter.Serialize(input), options?.Version?.Version ?? defaultVersion, options?.Tags?.AsReadOnly()));
        });
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var task = Decide<object?>("timer", id => new TimerCreated(_now, id, fireAt.ToUniversalTime()), out var pending);
        CancelWith(pending, cancellationToken);
        return task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        CheckThread();
        var wait = new PendingTask<T>(converter);
        if (_events.Take(eventName) is { } arrived)
        {
            wait.Complete(arrived.Payload);
        }
        else
        {
            _events.Wait(eventName, wait);
            CancelWith(wait, cancellationToken);
        }
        return wait.Task;
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        CheckThread();
        decisions.Add(id => new EventSent(_now, id, instanceId, eventName, converter.Serialize(payload)), _isReplaying);
    }

    public override void SetCustomStatus(object? customStatus)
    {
        CheckThread();
        CustomStatus = converter.Serialize(customStatus);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckThread();
        _startOver = options;
        _startOverInput = converter.Serialize(options.NewInput);
    }

    public override Guid NewGuid()
    {
        CheckThread();
        return DeterministicGuid.Create(instanceId, started.Execution, _guids++);
    }

    private Task<T> Decide<T>(string name, Func<int, DecisionEvent> make) => Decide<T>(name, make, out _);

    private Task<T> Decide<T>(string name, Func<int, DecisionEvent> make, out PendingTask pending)
    {
        CheckThread();
        var task = new PendingTask<T>(converter);
        _pending.Add(decisions.Add(make, _isReplaying).Id, (name, task));
        pending = task;
        return task.Task;
    }

    private bool Complete(int id, Action<PendingTask> complete)
    {
        if (!_pending.TryGetValue(id, out var pending))
            return false;
        thread.Complete(() => complete(pending.Task));
        return true;
    }

    private static void CancelWith(PendingTask task, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            cancellationToken.UnsafeRegister(_ => OrchestratorThread.Outside(() => task.Cancel(cancellationToken)), null);
    }

    private static TaskFailedException Failed(string name, int id, Failure failure)
    {
        var exception = new TaskFailedException(name, id, failure.ToDetails());
        if (failure.IsFinal)
            exception.Data[Retries.FinalKey] = true;
        return exception;
    }

    private void CheckThread()
    {
        if (!thread.IsCurrent)
            throw decisions.Fail("it went on after awaiting something that is not its context's (Task.Run, Task.Delay, I/O), on another thread; move such work to an activity, and wait with CreateTimer");
    }
}
