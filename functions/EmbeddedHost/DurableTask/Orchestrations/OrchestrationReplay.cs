using Microsoft.DurableTask.History;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Orchestrations;

/// <summary>Runs an orchestrator from the start of its history to where it waits or ends.</summary>
/// <param name="defaultVersion">What sub-orchestrations without a version of their own get.</param>
/// <param name="strayed">Told when the orchestrator's code comes back from something that it should not have awaited; at any time.</param>
internal sealed class OrchestrationReplay(string defaultVersion, DataConverter converter, ILoggerFactory loggers, Action<string> strayed)
{
    private const string Stray = "it awaits something that is not its context's (Task.Run, Task.Delay, I/O); move such work to an activity, and wait with CreateTimer";

    /// <param name="processed">How many events of the history were processed in earlier turns.</param>
    public ReplayResult Run(string instanceId, IReadOnlyList<HistoryEvent> history, int processed, Func<TaskOrchestrationContext, Task<object?>> orchestrator)
    {
        var decisions = new Decisions(history);
        var thread = new OrchestratorThread(() => strayed(Stray));
        var started = (ExecutionStarted)history[0];
        var context = new ReplayContext(instanceId, started, defaultVersion, decisions, thread, converter, loggers);
        try
        {
            var running = Start(history, processed, orchestrator, thread, context);
            Feed(history, processed, running, decisions, context);
            return End(running, decisions, context);
        }
        // What code of the app's throws past its tasks (async void, say) is its failure, not the host's.
        catch (Exception e)
        {
            return new ReplayResult([], context.CustomStatus, new Outcome.Failed(Failure.Of(decisions.Difference ?? e)));
        }
        finally
        {
            thread.End();
        }
    }

    private static Task<object?> Start(
        IReadOnlyList<HistoryEvent> history, int processed, Func<TaskOrchestrationContext, Task<object?>> orchestrator, OrchestratorThread thread, ReplayContext context)
    {
        var started = (ExecutionStarted)history[0];
        context.Advance(started.StartAt is { } startAt && startAt > started.At ? startAt : started.At, isReplaying: processed > 0);
        Task<object?>? running = null;
        thread.Run(() => running = orchestrator(context));
        return running!;
    }

    private static void Feed(IReadOnlyList<HistoryEvent> history, int processed, Task running, Decisions decisions, ReplayContext context)
    {
        for (var i = 1; i < history.Count && decisions.Difference is null; i++)
        {
            if (i == processed)
                decisions.CheckReplayed(running.IsCompleted);
            if (history[i] is DecisionEvent)
                continue;
            if (running.IsCompleted)
            {
                context.Keep(history[i]);
                continue;
            }
            context.Advance(history[i].At, isReplaying: i < processed);
            if (!context.Apply(history[i]))
                decisions.CheckReplayed(running.IsCompleted);
        }
        if (processed == history.Count && decisions.Difference is null)
            decisions.CheckReplayed(running.IsCompleted && history[^1] is not ExecutionCompleted);
    }

    private ReplayResult End(Task<object?> running, Decisions decisions, ReplayContext context)
    {
        if (decisions.Difference is null && !running.IsCompleted && !context.IsWaiting)
            decisions.Fail(Stray);
        if (decisions.Difference is { } difference)
            return new ReplayResult([], context.CustomStatus, new Outcome.Failed(Failure.Of(difference) with { IsFinal = true }));
        Outcome? outcome = running switch
        {
            { IsCompletedSuccessfully: true } => context.StartOver is { } startOver ? startOver : new Outcome.Completed(converter.Serialize(running.Result)),
            { IsCanceled: true } => new Outcome.Failed(Failure.Of(new TaskCanceledException(running))),
            { IsFaulted: true } => new Outcome.Failed(Failure.Of(running.Exception.InnerException!)),
            _ => null,
        };
        return new ReplayResult([.. decisions.New], context.CustomStatus, outcome);
    }
}
