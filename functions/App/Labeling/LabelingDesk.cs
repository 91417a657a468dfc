using ChatLoop.App.Users;
using ChatLoop.Core.Labeling.Tasks;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Labeling;

/// <summary>Hands tasks to labelers. The labeler's place is reserved first, then the task is leased: a crash in between costs a place for one lease time.</summary>
public sealed class LabelingDesk(
    LabelingTaskStore tasks, OpenTasks index, Labelers labelers, UserItemIndex items, TaskClosing closing, IOptions<LabelingRules> rules, IOptions<LabelingOptions> options, TimeProvider time)
{
    /// <summary>Leases the next task to a labeler.</summary>
    /// <returns>Null where nothing is left for them; a refusal where they hold too many.</returns>
    internal async Task<TaskDecision?> NextAsync(string labeler, CancellationToken cancellationToken)
    {
        var done = await labelers.DoneAsync(labeler, cancellationToken);
        var goldFirst = GoldDraw.IsGold(labeler, done.Count, options.Value.GoldShare);
        await foreach (var open in index.InOrderAsync(goldFirst, cancellationToken))
        {
            // Who has judged the answers before is no second opinion.
            if (done.ContainsKey(open.TaskId) || (open.FollowUpOf is { } before && done.ContainsKey(before)))
                continue;
            var decision = await TryAsync(labeler, open, cancellationToken);
            if (decision is { IsGranted: true } or { Refusal: TaskRefusal.TooManyLeases })
                return decision;
        }

        return null;
    }

    /// <summary>What the labeler holds. A task that was reserved before a crash is leased now.</summary>
    internal async Task<IReadOnlyList<LabelingTask>> HeldAsync(string labeler, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var held = new List<LabelingTask>();
        foreach (var reservation in await labelers.HeldAsync(labeler, now, cancellationToken))
        {
            if (await LeaseAsync(labeler, reservation.TaskId, now, cancellationToken) is { IsGranted: true } lease)
                held.Add(lease.Task);
        }

        return held;
    }

    /// <returns>Null where the task may be offered to nobody or not to this labeler.</returns>
    private async Task<TaskDecision?> TryAsync(string labeler, OpenTask open, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // A look before the reservation, which would be two writes for nothing.
        if (await tasks.FindAsync(open.TaskId, cancellationToken) is not { } task)
        {
            await index.RemoveAsync(open, cancellationToken);
            return null;
        }

        if (task.StateAt(now) == LabelingTaskState.Closed)
        {
            await closing.CloseAsync(task, cancellationToken);
            return null;
        }

        if (task.Lease(labeler, 0, rules.Value, now) is { IsGranted: false } refused)
            return await RememberAsync(labeler, refused, cancellationToken);
        switch (await labelers.ReserveAsync(labeler, task.Id, rules.Value, now, cancellationToken))
        {
            case ReservationResult.HeldAlready:
                return null;
            case ReservationResult.TooMany:
                return task.Lease(labeler, rules.Value.MostOpenLeases, rules.Value, now);
        }

        var lease = await LeaseAsync(labeler, task.Id, now, cancellationToken);
        if (lease is not { IsGranted: true })
            await labelers.ReleaseAsync(labeler, task.Id, cancellationToken);
        return lease;
    }

    private async Task<TaskDecision?> LeaseAsync(string labeler, string taskId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await items.AddAsync(labeler, LabelingItems.Submission, taskId, cancellationToken);
        return await tasks.MoveAsync(taskId, task => task.Lease(labeler, 0, rules.Value, now), cancellationToken);
    }

    /// <summary>After a crash the task may know what the labeler's rows do not.</summary>
    private async Task<TaskDecision?> RememberAsync(string labeler, TaskDecision refused, CancellationToken cancellationToken)
    {
        LabelingOutcome? outcome = refused.Refusal switch
        {
            TaskRefusal.AlreadySubmitted => LabelingOutcome.Submitted,
            TaskRefusal.AlreadySkipped => LabelingOutcome.Skipped,
            _ => null,
        };
        if (outcome is { } known)
            await labelers.KeepDoneAsync(labeler, refused.Task.Id, known, cancellationToken);
        return null;
    }
}
