using ChatLoop.App.Chat;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ChatLoop.App.Users.Purging;

/// <summary>
/// Purges a user: closes the door for what was said before, counts, deletes kind by kind, and counts again. While something is
/// left (a turn that was being accepted, a message in work) it deletes again.
/// </summary>
public static class PurgeUser
{
    internal const int MostRounds = 5;
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    [Function(nameof(PurgeUser))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<PurgeOrder>() ?? throw new InvalidOperationException("The orchestration was started without a purge.");
        await context.CallActivityAsync<bool>(nameof(BeginPurge), order, RetryPolicies.Storage);
        var found = await context.CallActivityAsync<Dictionary<string, int>>(nameof(CountUserData), order.UserId, RetryPolicies.Storage);

        var remaining = found;
        for (var round = 1; round <= MostRounds; round++)
        {
            foreach (var kind in found.Keys.Order(StringComparer.Ordinal))
                await context.CallActivityAsync<bool>(nameof(PurgeUserData), new PurgeStep(order.UserId, kind), RetryPolicies.Storage);
            remaining = await context.CallActivityAsync<Dictionary<string, int>>(nameof(CountUserData), order.UserId, RetryPolicies.Storage);
            if (remaining.Values.All(count => count == 0))
                break;
            await context.CreateTimer(context.CurrentUtcDateTime + Pause, CancellationToken.None);
        }

        await context.CallActivityAsync<bool>(nameof(EndPurge), new PurgeEnd(order, found, remaining), RetryPolicies.Storage);
    }
}
