namespace Microsoft.Azure.Functions.Worker;

/// <summary>Retries after the same delay each time.</summary>
/// <param name="maxRetryCount">Retries after the first attempt; -1 never gives up.</param>
/// <param name="delayInterval">As <c>hh:mm:ss</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FixedDelayRetryAttribute(int maxRetryCount, string delayInterval) : RetryAttribute(maxRetryCount)
{
    public string DelayInterval { get; } = delayInterval;
}
