using Microsoft.DurableTask;

namespace ChatLoop.App.Chat;

/// <summary>How often a step is tried before a template answers in its place.</summary>
internal static class RetryPolicies
{
    /// <summary>Takes milliseconds: a second and a third attempt cost the person nothing.</summary>
    public static TaskOptions Moderation { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(200), backoffCoefficient: 2));

    /// <summary>Takes seconds, within the turn's time limit.</summary>
    public static TaskOptions Generation { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(500), backoffCoefficient: 2));

    /// <summary>Nothing can take the place of the stored conversation: storage has about five minutes to come back.</summary>
    public static TaskOptions Storage { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(15, TimeSpan.FromMilliseconds(200), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30)));
}
