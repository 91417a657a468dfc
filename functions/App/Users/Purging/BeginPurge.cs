using ChatLoop.App.Chat;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Users.Purging;

/// <summary>Marks the user as purged: messages from before, which may still wait in a queue, are not kept from here on.</summary>
public sealed class BeginPurge(PurgeStore purges)
{
    [Function(nameof(BeginPurge))]
    public Task<bool> RunAsync([ActivityTrigger] PurgeOrder order, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        await purges.MarkAsync(order.UserId, order.At, cancellationToken);
        return true;
    });
}
