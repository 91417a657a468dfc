using ChatLoop.App.Storage;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Poison;

/// <summary>Puts failed messages back on their queues.</summary>
public sealed class Requeue(FailedMessages failed, MessageSender sender, ILogger<Requeue> logger)
{
    /// <param name="repaired">What to send instead; null for the message as it is.</param>
    /// <returns>The mistakes that keep it from being sent; none when it was.</returns>
    internal async Task<IReadOnlyList<string>> RunAsync(FailedMessage message, ReadOnlyMemory<byte>? repaired, CancellationToken cancellationToken)
    {
        var body = repaired ?? await failed.BodyAsync(message, cancellationToken);
        if (MessageChecks.Mistakes(message.Queue, body) is { Count: > 0 } mistakes)
            return mistakes;
        // Sent before it is marked: after a crash in between it may be sent twice, which its function does not mind, but it is never lost.
        await sender.SendAsync(message.Queue, body, cancellationToken);
        await failed.MarkRequeuedAsync(message, cancellationToken);
        logger.MessageRequeued(message.Id, message.Queue, repaired is not null);
        return [];
    }
}
