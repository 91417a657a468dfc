namespace Microsoft.Azure.Functions.Worker.Invocations;

internal sealed class InvocationRetries(int attempt, int most) : RetryContext
{
    public override int RetryCount { get; } = attempt;

    public override int MaxRetryCount { get; } = most;
}
