using ChatLoop.App.Dashboard.Views;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Dashboard;

/// <summary>Counts of tasks and submissions.</summary>
internal static class TaskFigures
{
    public static TaskCounts Counts(IReadOnlyCollection<LabelingTask> tasks, DateTimeOffset now)
    {
        var states = tasks.CountBy(task => task.StateAt(now)).ToDictionary();
        return new TaskCounts(Of(LabelingTaskState.Open), Of(LabelingTaskState.Leased), Of(LabelingTaskState.Submitted), Of(LabelingTaskState.Closed));

        int Of(LabelingTaskState state) => states.GetValueOrDefault(state);
    }

    public static IReadOnlyDictionary<LabelingTaskKind, int> ByKind(IReadOnlyCollection<LabelingTask> tasks) =>
        Enum.GetValues<LabelingTaskKind>().ToDictionary(kind => kind, kind => tasks.Count(task => task.Kind == kind));

    public static IReadOnlyList<DayFigures> Throughput(IReadOnlyCollection<LabelingTask> tasks, int days) =>
    [
        .. tasks.SelectMany(task => task.Submissions)
            .GroupBy(submission => DateOnly.FromDateTime(submission.SubmittedAt.UtcDateTime))
            .OrderBy(day => day.Key)
            .TakeLast(days)
            .Select(day => new DayFigures(day.Key, day.Count(), day.DistinctBy(submission => submission.Labeler).Count())),
    ];
}
