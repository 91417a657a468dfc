namespace Microsoft.Azure.Functions.Worker;

/// <summary>Retries after a delay that doubles from the minimum to the maximum.</summary>
/// <param name="maxRetryCount">Retries after the first attempt; -1 never gives up.</param>
/// <param name="minimumInterval">As <c>hh:mm:ss</c>.</param>
/// <param name="maximumInterval">As <c>hh:mm:ss</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval)
    : RetryAttribute(maxRetryCount)
{
    public string MinimumInterval { get; } = minimumInterval;

    public string MaximumInterval { get; } = maximumInterval;
}
