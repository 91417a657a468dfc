namespace Microsoft.Azure.Functions.Worker;

/// <summary>A policy that runs a failed function again.</summary>
/// <param name="maxRetryCount">Retries after the first attempt; -1 never gives up.</param>
[AttributeUsage(AttributeTargets.Method)]
public abstract class RetryAttribute(int maxRetryCount) : Attribute
{
    public int MaxRetryCount { get; } = maxRetryCount;
}
