using Azure.Storage.Queues.Models;
using ChatLoop.App.Poison;
using ChatLoop.Core.Feedback;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Labeling;

/// <summary>Makes a labeling task of each message of the queue `labeling-tasks`. What can never become one is recorded and not tried again.</summary>
public sealed class PrepareLabelingTask(TaskPreparation preparation, FailedMessages failed)
{
    [Function(nameof(PrepareLabelingTask))]
    public async Task RunAsync([QueueTrigger("labeling-tasks")] QueueMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var reading = QueueContracts.LabelingTasks.Read(message.Body.ToMemory());
        var reasons = reading is { Message: { } request, Key: { } taskId } ? await preparation.PrepareAsync(taskId, request, cancellationToken) : reading.Mistakes;
        if (reasons.Count > 0)
            await failed.RecordAsync(QueueContracts.LabelingTasks.Queue, message.Body, reasons, message.DequeueCount, cancellationToken);
    }
}
