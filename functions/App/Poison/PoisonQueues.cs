using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Poison;

/// <summary>Takes what the functions of the three queues could not, and records it with the reason.</summary>
public sealed class PoisonQueues(FailedMessages failed, FailedAttempts attempts)
{
    [Function("FeedbackPoison")]
    public Task FeedbackAsync([QueueTrigger("feedback-poison")] BinaryData message, CancellationToken cancellationToken) => RecordAsync("feedback", message, cancellationToken);

    [Function("LabelingTasksPoison")]
    public Task LabelingTasksAsync([QueueTrigger("labeling-tasks-poison")] BinaryData message, CancellationToken cancellationToken) => RecordAsync("labeling-tasks", message, cancellationToken);

    [Function("RewardLabelingPoison")]
    public Task RewardLabelingAsync([QueueTrigger("reward-labeling-poison")] BinaryData message, CancellationToken cancellationToken) => RecordAsync("reward-labeling", message, cancellationToken);

    private async Task RecordAsync(string queue, BinaryData message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var known = attempts.Take(queue, message);
        var mistakes = MessageChecks.Mistakes(queue, message);
        string[] reasons = mistakes.Count > 0 ? [.. mistakes]
            : known is { } last ? [$"Its function failed {last.Times} times, the last time with {last.ErrorType}; the log has the whole exception."]
            : ["Its function failed at every attempt; the log has the exceptions."];
        await failed.RecordAsync(queue, message, reasons, known?.Times ?? 0, cancellationToken);
    }
}
