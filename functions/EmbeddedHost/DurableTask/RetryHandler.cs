namespace Microsoft.DurableTask;

/// <summary>Whether to try again at once. Must be deterministic: it runs inside the orchestration.</summary>
public delegate bool RetryHandler(RetryContext retryContext);
