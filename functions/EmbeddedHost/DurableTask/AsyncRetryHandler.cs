namespace Microsoft.DurableTask;

/// <summary>Whether to try again, after waiting on a durable timer for one. Must be deterministic.</summary>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
