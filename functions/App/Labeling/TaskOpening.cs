using ChatLoop.App.RewardLabeling;
using ChatLoop.App.Users;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling;

/// <summary>Opens a task. Every step may be done again, and is, after a crash between two of them.</summary>
public sealed class TaskOpening(LabelingTaskStore tasks, OpenTasks index, UserItemIndex items, RewardRequests rewards, TimeProvider time)
{
    /// <param name="first">Whether people should look at it before others.</param>
    internal async Task OpenAsync(LabelingTask task, bool first, CancellationToken cancellationToken)
    {
        await KeepOwnersAsync(task, cancellationToken);
        var stored = await tasks.AddAsync(task, cancellationToken);
        // Once more: a purge that ran in between has taken the entry out and not seen the task.
        await KeepOwnersAsync(stored, cancellationToken);
        if (stored.StateAt(time.GetUtcNow()) == LabelingTaskState.Closed)
            return;
        await (first ? index.PutFirstAsync(stored, cancellationToken) : index.AddAsync(stored, cancellationToken));
        await rewards.AskAsync(RewardLabelingPurpose.PreAnnotation, stored, cancellationToken);
    }

    private async Task KeepOwnersAsync(LabelingTask task, CancellationToken cancellationToken)
    {
        foreach (var owner in task.Owners)
            await items.AddAsync(owner, LabelingItems.Task, task.Id, cancellationToken);
    }
}
