using ChatLoop.App.RewardLabeling;
using ChatLoop.App.Storage;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling;

/// <summary>
/// Takes what labelers say. The task's row decides, and what follows it is done again when the same submission is sent again. That the
/// labeler has something to do with the task is among their items since they leased it.
/// </summary>
public sealed class SubmissionDesk(
    LabelingTaskStore tasks, Labelers labelers, Journal journal, TaskClosing closing, RewardRequests rewards, TimeProvider time)
{
    private const string JournalKind = "submissions";

    /// <returns>Null where there is no such task.</returns>
    internal async Task<TaskDecision?> SubmitAsync(string taskId, Submission submission, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await tasks.MoveAsync(taskId, task => task.Submit(submission, now), cancellationToken);
        if (decision is not { IsGranted: true })
            return decision;
        await journal.AppendAsync(submission.Labeler, JournalKind, new SaidOfTask(taskId, submission), AppJson.Default.SaidOfTask, cancellationToken);
        await DoneAsync(submission.Labeler, taskId, LabelingOutcome.Submitted, cancellationToken);

        var task = decision.Task;
        if (task.StateAt(now) == LabelingTaskState.Closed)
            await closing.CloseAsync(task, cancellationToken);
        else if (task.Submissions.Count > 1)
            await rewards.AskAsync(RewardLabelingPurpose.Disagreement, task, cancellationToken);
        return decision;
    }

    /// <returns>Null where there is no such task.</returns>
    internal async Task<TaskDecision?> SkipAsync(string taskId, string labeler, SkipReason reason, string? comment, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await tasks.MoveAsync(taskId, task => task.Skip(labeler, reason, comment, now), cancellationToken);
        if (decision is { IsGranted: true })
            await DoneAsync(labeler, taskId, LabelingOutcome.Skipped, cancellationToken);
        return decision;
    }

    private async Task DoneAsync(string labeler, string taskId, LabelingOutcome outcome, CancellationToken cancellationToken)
    {
        await labelers.KeepDoneAsync(labeler, taskId, outcome, cancellationToken);
        await labelers.ReleaseAsync(labeler, taskId, cancellationToken);
    }
}
