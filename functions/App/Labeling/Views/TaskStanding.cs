using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling.Views;

/// <summary>Where a task stands after what a labeler did.</summary>
internal sealed record TaskStanding(string TaskId, LabelingTaskState State, int Labelers, int Submissions)
{
    public static TaskStanding Of(LabelingTask task, DateTimeOffset now) => new(task.Id, task.StateAt(now), task.Labelers, task.Submissions.Count);
}
