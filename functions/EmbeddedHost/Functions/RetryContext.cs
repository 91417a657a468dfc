namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which attempt an invocation is, where the function has a retry policy.</summary>
public abstract class RetryContext
{
    /// <summary>0 at the first attempt.</summary>
    public abstract int RetryCount { get; }

    public abstract int MaxRetryCount { get; }
}
