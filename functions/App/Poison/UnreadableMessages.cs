using Azure.Storage.Queues;
using ChatLoop.App.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Poison;

/// <summary>
/// Records messages whose text is not base64. No queue trigger can take one: the host moves it to the poison queue, and from there,
/// as it cannot be taken there either, to the poison queue's own.
/// </summary>
public sealed class UnreadableMessages([FromKeyedServices(UnreadableMessages.AsTheyAre)] QueueServiceClient queues, FailedMessages failed)
{
    /// <summary>The key of the queue client that decodes nothing.</summary>
    internal const string AsTheyAre = "texts";

    [Function(nameof(UnreadableMessages))]
    public async Task RunAsync([TimerTrigger("20 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var queue in StorageStart.Queues)
        {
            var unreadable = queues.GetQueueClient($"{queue}-poison-poison");
            if (!await unreadable.ExistsAsync(cancellationToken))
                continue;
            while ((await unreadable.ReceiveMessagesAsync(maxMessages: 32, cancellationToken: cancellationToken)).Value is { Length: > 0 } messages)
            {
                foreach (var message in messages)
                {
                    await failed.RecordAsync(
                        queue, message.Body, ["The message's text is not base64, as the queue's messages are; send it again in base64."], message.DequeueCount, cancellationToken);
                    await unreadable.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
                }
            }
        }
    }
}
