using Microsoft.DurableTask;

namespace ChatLoop.App.Improvement;

/// <summary>How often a step of a run is tried.</summary>
internal static class ImprovementRetries
{
    /// <summary>Nobody waits for it: storage and network have about an hour to come back before a run of hours is given up.</summary>
    public static TaskOptions Step { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(20, TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));
}
