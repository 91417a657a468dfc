using ChatLoop.App.RewardLabeling;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;

namespace ChatLoop.App.Labeling;

/// <summary>What follows once enough people have labeled a task. Its rows in the index go last: whoever meets them after a crash does this again.</summary>
public sealed class TaskClosing(OpenTasks index, RewardRequests rewards)
{
    internal async Task CloseAsync(LabelingTask task, CancellationToken cancellationToken)
    {
        await rewards.AskAsync(RewardLabelingPurpose.Disagreement, task, cancellationToken);
        await index.RemoveAsync(task, cancellationToken);
    }
}
