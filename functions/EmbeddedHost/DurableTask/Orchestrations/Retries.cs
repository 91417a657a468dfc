namespace Microsoft.DurableTask.Orchestrations;

/// <summary>Tries a task again as its policy or handler says, waiting on durable timers.</summary>
internal static class Retries
{
    public static Task<T> RunAsync<T>(TaskOrchestrationContext context, TaskRetryOptions? retry, Func<Task<T>> attempt) => retry switch
    {
        { Policy: { } policy } => ByPolicyAsync(context, policy, attempt),
        { Handler: { } handler } => ByHandlerAsync(context, handler, attempt),
        _ => attempt(),
    };

    /// <summary>The wait before the attempt after this one; null when there is none.</summary>
    /// <param name="attempt">1 for the first.</param>
    public static TimeSpan? Delay(RetryPolicy policy, int attempt, TimeSpan elapsed)
    {
        if (attempt >= policy.MaxNumberOfAttempts || (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout))
            return null;
        var ticks = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return ticks < policy.MaxRetryInterval.Ticks ? TimeSpan.FromTicks((long)ticks) : policy.MaxRetryInterval;
    }

    // ConfigureAwait(false) throughout: these run where the awaited task completes, which is the orchestrator's own thread.
    private static async Task<T> ByPolicyAsync<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> attempt)
    {
        var started = context.CurrentUtcDateTime;
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (TaskFailedException e) when (!IsFinal(e) && policy.HandleFailure(e.FailureDetails))
            {
                if (Delay(policy, attempts, context.CurrentUtcDateTime - started) is not { } delay)
                    throw;
                if (delay > TimeSpan.Zero)
                    await context.CreateTimer(delay, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static async Task<T> ByHandlerAsync<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> attempt)
    {
        var started = context.CurrentUtcDateTime;
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (TaskFailedException e) when (!IsFinal(e))
            {
                var retry = new RetryContext(context, attempts, e.FailureDetails, context.CurrentUtcDateTime - started, CancellationToken.None);
                if (!await handler(retry).ConfigureAwait(false))
                    throw;
            }
        }
    }

    private static bool IsFinal(TaskFailedException exception) => exception.Data.Contains(FinalKey);

    /// <summary>Marks a failure that no further attempt can mend.</summary>
    public const string FinalKey = "IsFinal";
}
