using Azure.Storage.Queues.Models;
using ChatLoop.App.Poison;
using ChatLoop.Core.Feedback;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.RewardLabeling;

/// <summary>Scores the stored answers that each message of the queue `reward-labeling` names. What can never be scored is recorded and not tried again.</summary>
public sealed class ScoreAnswers(AnswerScoring scoring, FailedMessages failed)
{
    [Function(nameof(ScoreAnswers))]
    public async Task RunAsync([QueueTrigger("reward-labeling")] QueueMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var reading = QueueContracts.RewardLabeling.Read(message.Body.ToMemory());
        var reasons = reading.Message is { } request ? await scoring.ScoreAsync(request, cancellationToken) : reading.Mistakes;
        if (reasons.Count > 0)
            await failed.RecordAsync(QueueContracts.RewardLabeling.Queue, message.Body, reasons, message.DequeueCount, cancellationToken);
    }
}
