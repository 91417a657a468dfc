using System.Collections.Concurrent;
using Microsoft.DurableTask.Activities;
using Microsoft.DurableTask.History;
using Microsoft.DurableTask.Store;

namespace Microsoft.DurableTask.Instances;

/// <summary>Every instance that is not finished, what they wait for, and who waits for them. Nothing here polls.</summary>
internal sealed class InstanceEngine : IDisposable
{
    private readonly ConcurrentDictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly DueTimers _timers;
    private readonly ActivityDispatcher _activities;
    private readonly Action<Exception> _failed;
    private readonly WorkCount _turns = new();
    private volatile bool _isStopping;
    private volatile Exception? _failure;

    public InstanceEngine(
        HistoryStore store, TurnServices services, ActivityRunner runner, EngineLimits limits, TimeProvider time, Action<Exception> failed, CancellationToken stopping)
    {
        Store = store;
        Services = services;
        Slots = new SemaphoreSlim(limits.Orchestrators);
        services.Strayed = Post;
        _failed = failed;
        _activities = new ActivityDispatcher(runner, limits.Activities, stopping)
        {
            IsWanted = work => IsLive(work.InstanceId, work.Execution),
            Report = (work, result) => Post(work.InstanceId, new InstanceMessage.Deliver(result, work.Execution)),
        };
        _timers = new DueTimers(time, Fire);
    }

    public HistoryStore Store { get; }

    public TurnServices Services { get; }

    /// <summary>Taken while an orchestrator's code runs.</summary>
    public SemaphoreSlim Slots { get; }

    public StatusSignals Signals { get; } = new();

    /// <summary>Carries on what the store holds unfinished.</summary>
    public int Start()
    {
        var inbox = Store.Reader.Inbox();
        Services.StartMessagesAfter(inbox.Count == 0 ? 0 : inbox[^1].Id);
        var unfinished = Store.Reader.Unfinished()
            .Select(row => new InstanceState(row, [.. Store.Reader.History(row.Id)])).ToList();
        foreach (var state in unfinished)
            _instances[state.Row.Id] = new Instance(state.Row.Id, this, state, isLoaded: true);
        foreach (var state in unfinished)
        {
            var effects = new Effects { Again = state.Row.Processed < state.History.Count };
            state.Resume(effects);
            SetGoing(state.Row.Id, effects);
        }
        foreach (var message in inbox)
            Post(message);
        return unfinished.Count;
    }

    public void Post(string id, InstanceMessage message)
    {
        if (_failure is { } failure)
        {
            message.Taken.TrySetException(new InvalidOperationException("The durable runtime has failed, and the host stops.", failure));
            return;
        }
        while (!_instances.GetOrAdd(id, static (id, engine) => new Instance(id, engine, null, isLoaded: false), this).TryPost(message))
        {
        }
    }

    /// <summary>Whether this run of the instance still goes on.</summary>
    public bool IsLive(string id, string execution) => _instances.TryGetValue(id, out var instance) && instance.LiveExecution == execution;

    /// <summary>Called once a turn is on the disk.</summary>
    public void SetGoing(string id, Effects effects)
    {
        foreach (var acknowledge in effects.Acknowledgements)
            acknowledge();
        foreach (var work in effects.Activities)
            _activities.Dispatch(work);
        foreach (var timer in effects.Timers)
            _timers.Add(timer);
        // What is left undone from here on is in the store, for the next start.
        if (!_isStopping)
        {
            foreach (var message in effects.Messages)
                Post(message);
            if (effects.Again)
                Post(id, new InstanceMessage.Wake());
        }
        if (effects.StatusChanged)
            Signals.Raise(id);
    }

    public void Begin(Func<Task> turns) => _ = Task.Run(async () =>
    {
        using var _ = _turns.Enter();
        try
        {
            await turns();
        }
        // Nobody awaits this; Fail has told whom it concerns.
        catch (Exception) when (_failure is not null)
        {
        }
    });

    /// <summary>Memory and disk may differ now: nothing is taken in any more, and the host stops.</summary>
    public void Fail(Exception exception)
    {
        if (Interlocked.CompareExchange(ref _failure, exception, null) is null)
            _failed(exception);
    }

    public void Forget(string id, Instance instance) => _instances.TryRemove(KeyValuePair.Create(id, instance));

    /// <summary>Lets running activities and turns end.</summary>
    public async Task StopAsync()
    {
        _isStopping = true;
        _timers.Dispose();
        await _activities.DrainAsync();
        await _turns.WhenNoneAsync();
    }

    public void Dispose()
    {
        _timers.Dispose();
        _activities.Dispose();
        Slots.Dispose();
        Store.Dispose();
    }

    private void Post(InboxMessage message) => Post(message.InstanceId, message.Event is ExecutionStarted start
        ? new InstanceMessage.Start(start, [], message.Id)
        : new InstanceMessage.Deliver(now => message.Event with { At = now }, message.Execution, message.Id));

    private void Fire(DueTimer timer)
    {
        if (!IsLive(timer.InstanceId, timer.Execution))
            return;
        if (timer.Id is { } id)
            Post(timer.InstanceId, new InstanceMessage.Deliver(now => new TimerFired(now, id), timer.Execution));
        else
            Post(timer.InstanceId, new InstanceMessage.Wake());
    }
}
