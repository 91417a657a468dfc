using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling.Views;

/// <summary>A task that the labeler holds, and until when.</summary>
internal sealed record LeasedTask(TaskView Task, LeaseView Lease)
{
    public static LeasedTask Of(LabelingTask task, string labeler) =>
        new(TaskView.Of(task, labeler), new LeaseView(task.Leases.Single(lease => lease.Labeler == labeler).Until));
}
