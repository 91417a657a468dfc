using Microsoft.DurableTask.Activities;
using Microsoft.DurableTask.History;
using Microsoft.DurableTask.Store;

namespace Microsoft.DurableTask.Instances;

/// <summary>An instance in memory: its row, and its history while it is not finished.</summary>
internal sealed class InstanceState(InstanceRow row, List<HistoryEvent> history)
{
    public InstanceRow Row { get; set; } = row;

    public List<HistoryEvent> History { get; } = history;

    public ExecutionStarted Started => (ExecutionStarted)History[0];

    /// <summary>What the history says is under way: what a turn sets going, and a new start of the host sets going again.</summary>
    public void Resume(Effects effects)
    {
        var done = new HashSet<int>(History.Select(happened => happened switch
        {
            TaskCompleted completed => completed.Id,
            TaskFailed failed => failed.Id,
            TimerFired fired => fired.Id,
            _ => -1,
        }));
        foreach (var decision in History.OfType<DecisionEvent>().Where(decision => !done.Contains(decision.Id)))
            Go(decision, effects);
        if (Row.Processed == 0 && Started.StartAt is { } startAt)
            effects.Timers.Add(new DueTimer(startAt, Row.Id, Row.Execution, Id: null));
    }

    /// <summary>Sets an activity or a timer going; messages to other instances have their own way.</summary>
    public void Go(DecisionEvent decision, Effects effects)
    {
        if (decision is TaskScheduled task)
            effects.Activities.Add(new ActivityWork(Row.Id, Row.Execution, task.Id, task.Name, task.Input, task.Version));
        else if (decision is TimerCreated timer)
            effects.Timers.Add(new DueTimer(timer.FireAt, Row.Id, Row.Execution, timer.Id));
    }

    /// <summary>Sub-orchestrations that have not answered.</summary>
    public IEnumerable<string> RunningChildren()
    {
        var done = new HashSet<int>(History.Select(happened => happened switch
        {
            SubOrchestrationCompleted completed => completed.Id,
            SubOrchestrationFailed failed => failed.Id,
            _ => -1,
        }));
        return History.OfType<SubOrchestrationCreated>().Where(child => !done.Contains(child.Id)).Select(child => child.InstanceId);
    }
}
