using Azure.Storage.Queues;
using ChatLoop.Core.Feedback;

namespace ChatLoop.App.Storage;

/// <summary>Puts messages on the loop's queues.</summary>
public sealed class MessageSender(QueueServiceClient queues)
{
    /// <exception cref="ArgumentException">The message has mistakes; the message names them.</exception>
    internal async Task SendAsync<T>(QueueContract<T> contract, T message, CancellationToken cancellationToken)
        where T : class
    {
        string[] mistakes = [.. contract.Mistakes(message)];
        if (mistakes.Length > 0)
            throw new ArgumentException(string.Join(' ', mistakes), nameof(message));
        await SendAsync(contract.Queue, contract.Write(message), cancellationToken);
    }

    /// <summary>As it is: for messages that are put back.</summary>
    internal async Task SendAsync(string queue, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        // For ever: what a person said is not lost by standing too long in a queue.
        await queues.GetQueueClient(queue).SendMessageAsync(new BinaryData(message), timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellationToken);
}
