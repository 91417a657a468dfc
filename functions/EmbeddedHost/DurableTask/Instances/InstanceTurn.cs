using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.History;
using Microsoft.DurableTask.Orchestrations;
using Microsoft.DurableTask.Store;

namespace Microsoft.DurableTask.Instances;

/// <summary>
/// One turn: takes the messages in, runs the orchestrator if it has anything new to see, and says what to write in one
/// transaction and what to set going after it.
/// </summary>
internal sealed class InstanceTurn(string id, InstanceState? state, TurnServices services)
{
    private readonly InstanceRow? _before = state?.Row;
    private readonly int _firstNew = state?.History.Count ?? 0;
    private readonly List<StoreChange> _changes = [];
    private DateTime _now;
    private bool _isCreated;
    private Failure? _stray;

    /// <summary>Null when there is none, or none any longer.</summary>
    public InstanceState? State { get; private set; } = state;

    public Effects Effects { get; } = new();

    public async Task<IReadOnlyList<StoreChange>> TakeAsync(IReadOnlyList<InstanceMessage> mail)
    {
        _now = services.Now;
        foreach (var message in mail)
            Take(message);
        if (State is { Row.IsFinished: false } live)
            await ProceedAsync(live);
        Write();
        return _changes;
    }

    private void Take(InstanceMessage message)
    {
        var hadEffect = message switch
        {
            InstanceMessage.Start start => Start(start),
            InstanceMessage.Deliver deliver => Deliver(deliver),
            InstanceMessage.Purge => Purge(),
            InstanceMessage.Stray stray => Stray(stray),
            _ => true,
        };
        Effects.Acknowledgements.Add(() => message.Taken.SetResult(hadEffect));
    }

    private bool Start(InstanceMessage.Start start)
    {
        if (start.InboxId != 0)
            _changes.Add(new StoreChange.Received(start.InboxId));
        if (State is not null && (!State.Row.IsFinished || start.Kept.Contains(State.Row.Status)))
        {
            if (start.Event.Parent is { } parent)
            {
                var failure = new Failure(typeof(InvalidOperationException).FullName!, $"The instance {id} exists and is {State.Row.Status}.", IsFinal: true);
                Send(parent.InstanceId, parent.Execution, new SubOrchestrationFailed(_now, parent.TaskId, failure));
            }
            return false;
        }
        Begin(start.Event with { At = _now }, []);
        if (start.Event.StartAt is { } startAt && startAt > _now)
            Effects.Timers.Add(new DueTimer(startAt, id, start.Event.Execution, Id: null));
        return true;
    }

    private void Begin(ExecutionStarted started, IReadOnlyList<EventRaised> carried)
    {
        var created = State is { Row.IsFinished: false } same ? same.Row.CreatedAt : _now;
        State = new InstanceState(
            new InstanceRow(id, started.Execution, started.Name, started.Version, created)
            {
                Status = OrchestrationRuntimeStatus.Pending, UpdatedAt = _now, ParentId = started.Parent?.InstanceId, Input = started.Input, Tags = started.Tags,
            },
            [started, .. carried]);
        _isCreated = true;
        Effects.StatusChanged = true;
    }

    private bool Deliver(InstanceMessage.Deliver deliver)
    {
        if (deliver.InboxId != 0)
            _changes.Add(new StoreChange.Received(deliver.InboxId));
        if (State is not { Row.IsFinished: false } live || (deliver.Execution is not null && deliver.Execution != live.Row.Execution))
            return false;
        var happened = deliver.Make(_now);
        live.History.Add(happened);
        switch (happened)
        {
            case ExecutionSuspended:
                SetStatus(live, OrchestrationRuntimeStatus.Suspended);
                break;
            case ExecutionResumed when live.Row.Status == OrchestrationRuntimeStatus.Suspended:
                SetStatus(live, live.Row.Processed == 0 ? OrchestrationRuntimeStatus.Pending : OrchestrationRuntimeStatus.Running);
                break;
            case ExecutionTerminated terminated:
                Terminate(live, terminated);
                break;
        }
        return true;
    }

    private void Terminate(InstanceState live, ExecutionTerminated terminated)
    {
        if (terminated.Recursive)
        {
            foreach (var child in live.RunningChildren())
                Send(child, execution: null, terminated with { Output = null });
        }
        Finish(live, OrchestrationRuntimeStatus.Terminated, terminated.Output, failure: null);
    }

    private bool Stray(InstanceMessage.Stray stray)
    {
        if (State is not { Row.IsFinished: false } live || live.Row.Execution != stray.Execution)
            return false;
        _stray = Failure.Of(new NonDeterminismException(stray.What)) with { IsFinal = true };
        return true;
    }

    private bool Purge()
    {
        if (State is not { Row.IsFinished: true })
            return false;
        State = null;
        _isCreated = false;
        _changes.Add(new StoreChange.Delete(id));
        Effects.StatusChanged = true;
        return true;
    }

    private async Task ProceedAsync(InstanceState live)
    {
        if (_stray is not null)
        {
            Finish(live, OrchestrationRuntimeStatus.Failed, output: null, _stray);
            return;
        }
        var isDue = live.Row.Processed > 0 || live.Started.StartAt is not { } startAt || startAt <= _now;
        if (live.Row.Status == OrchestrationRuntimeStatus.Suspended || !isDue || live.Row.Processed == live.History.Count)
            return;
        var result = await services.RunAsync(live);
        foreach (var decision in result.Decisions)
        {
            live.History.Add(decision);
            live.Go(decision, Effects);
            SendWhatItSends(live, decision);
        }
        live.Row = live.Row with { CustomStatus = result.CustomStatus };
        switch (result.Outcome)
        {
            case Outcome.Completed(var output):
                Finish(live, OrchestrationRuntimeStatus.Completed, output, failure: null);
                break;
            case Outcome.Failed(var failure):
                Finish(live, OrchestrationRuntimeStatus.Failed, output: null, failure);
                break;
            case Outcome.StartOver(var input, var version, var carried):
                Begin(live.Started with { At = _now, Execution = TurnServices.NewExecution(), Input = input, Version = version ?? live.Started.Version, StartAt = null }, carried);
                Effects.Again = true;
                break;
            default:
                SetStatus(live, OrchestrationRuntimeStatus.Running);
                live.Row = live.Row with { Processed = live.History.Count };
                break;
        }
    }

    private void SendWhatItSends(InstanceState live, DecisionEvent decision)
    {
        if (decision is SubOrchestrationCreated child)
        {
            var parent = new ParentTask(id, live.Row.Name, live.Row.Execution, child.Id);
            Send(child.InstanceId, execution: null, new ExecutionStarted(_now, child.Name, child.Version, TurnServices.NewExecution(), child.Input, parent, child.Tags));
        }
        else if (decision is EventSent sent)
        {
            Send(sent.InstanceId, execution: null, new EventRaised(_now, sent.Name, sent.Payload));
        }
    }

    private void Finish(InstanceState live, OrchestrationRuntimeStatus status, string? output, Failure? failure)
    {
        live.History.Add(new ExecutionCompleted(_now, status, output, failure));
        live.Row = live.Row with { Output = output, Failure = failure, Processed = live.History.Count };
        SetStatus(live, status);
        services.Ended(live.Row);
        if (live.Started.Parent is not { } parent)
            return;
        Send(parent.InstanceId, parent.Execution, status switch
        {
            OrchestrationRuntimeStatus.Completed => new SubOrchestrationCompleted(_now, parent.TaskId, output),
            OrchestrationRuntimeStatus.Failed => new SubOrchestrationFailed(_now, parent.TaskId, failure!),
            _ => new SubOrchestrationFailed(_now, parent.TaskId, new Failure("Terminated", $"The sub-orchestration {id} was terminated.", IsFinal: true)),
        });
    }

    private void SetStatus(InstanceState live, OrchestrationRuntimeStatus status)
    {
        Effects.StatusChanged |= live.Row.Status != status;
        live.Row = live.Row with { Status = status };
    }

    private void Send(string instanceId, string? execution, HistoryEvent happened)
    {
        var message = new InboxMessage(services.NextMessage(), instanceId, execution, happened);
        _changes.Add(new StoreChange.Send(message));
        Effects.Messages.Add(message);
    }

    private void Write()
    {
        var first = _isCreated ? 0 : _firstNew;
        if (State is null || (!_isCreated && ReferenceEquals(State.Row, _before) && State.History.Count == first))
            return;
        State.Row = State.Row with { UpdatedAt = _now };
        if (_isCreated)
            _changes.Add(new StoreChange.Create(State.Row));
        if (State.History.Count > first)
            _changes.Add(new StoreChange.Append(id, first, State.History[first..]));
        if (!_isCreated || State.Row.Processed > 0)
            _changes.Add(new StoreChange.Update(State.Row));
    }
}
