using ChatLoop.App.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Improvement;

/// <summary>Starts runs, one at a time, and finds those that lost their orchestration.</summary>
public sealed class ImprovementStarts(ImprovementRuns runs, IOptions<ImprovementOptions> options, TimeProvider time, ILogger<ImprovementStarts> logger)
{
    // Between the row and the orchestration lie two requests to the storage.
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    /// <summary>Starts a run, unless one is under way. The same run again is started once.</summary>
    /// <returns>The run that is under way now: this one, or the one that was there.</returns>
    internal async Task<ImprovementRun> StartAsync(DurableTaskClient client, string runId, string by, string? reason, string? recipe, CancellationToken cancellationToken)
    {
        var before = await runs.FindActiveAsync(cancellationToken);
        if (before is not null && before != runId && await FindAsync(client, before, cancellationToken) is { IsEnded: false } other)
            return other;
        var run = await runs.AddAsync(
            new ImprovementRun { RunId = runId, Status = RunStatus.Running, StartedAt = time.GetUtcNow(), By = by, Reason = reason, Recipe = recipe, Stages = RunStage.All }, cancellationToken);
        if (run.IsEnded)
            return run;
        var claimed = await runs.ClaimAsync(runId, before, cancellationToken);
        if (claimed != runId)
        {
            await runs.ChangeAsync(runId, stored => stored.End(RunStatus.Failed, time.GetUtcNow(), $"Another run, {claimed}, was started at the same time."), cancellationToken);
            return await runs.ReadAsync(claimed, cancellationToken);
        }

        if (await client.GetInstanceAsync(runId, cancellationToken) is null)
        {
            var start = new StartOrchestrationOptions(InstanceId: runId);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(ImproveModel), ImprovementInput.Of(runId, options.Value), start, cancellationToken);
            logger.RunStarted(runId, by);
        }

        return run;
    }

    /// <summary>A run as it stands; one whose orchestration is gone is ended.</summary>
    internal async Task<ImprovementRun?> FindAsync(DurableTaskClient client, string runId, CancellationToken cancellationToken)
    {
        var run = await runs.FindAsync(runId, cancellationToken);
        if (run is not { IsEnded: false } || time.GetUtcNow() - run.StartedAt < LongestStart)
            return run;
        var instance = await client.GetInstanceAsync(runId, cancellationToken);
        if (instance is { IsCompleted: false })
            return run;
        var message = instance is null ? "It was never carried out: its start was cut off. Start another." : $"Its orchestration ended as {instance.RuntimeStatus}, without saying why.";
        return await runs.ChangeAsync(runId, stored => stored.End(RunStatus.Failed, time.GetUtcNow(), message), cancellationToken);
    }
}
