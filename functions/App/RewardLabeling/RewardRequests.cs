using ChatLoop.App.Storage;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.Inference.Rewards;

namespace ChatLoop.App.RewardLabeling;

/// <summary>Asks for the reward model's opinion of a task, where there is a model and something to have an opinion of.</summary>
public sealed class RewardRequests(RewardModel model, MessageSender sender, TimeProvider time)
{
    internal async Task AskAsync(RewardLabelingPurpose purpose, LabelingTask task, CancellationToken cancellationToken)
    {
        if (model.Scorer is null || task.Answers.Count == 0 || (purpose == RewardLabelingPurpose.Disagreement && task.Kind != LabelingTaskKind.Rank))
            return;
        var message = new RewardLabelingRequest
        {
            SchemaVersion = QueueContracts.RewardLabeling.CurrentSchema,
            Id = task.Id,
            Purpose = purpose,
            Answers = [new AnswerReference(TaskId: task.Id)],
            At = time.GetUtcNow(),
        };
        await sender.SendAsync(QueueContracts.RewardLabeling, message, cancellationToken);
    }
}
