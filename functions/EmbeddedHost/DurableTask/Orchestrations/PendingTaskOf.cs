namespace Microsoft.DurableTask.Orchestrations;

/// <inheritdoc/>
internal sealed class PendingTask<T>(DataConverter converter) : PendingTask
{
    // Continuations run inline by intent: they belong to the orchestrator's thread.
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override bool IsCompleted => _source.Task.IsCompleted;

    public override void Complete(string? result)
    {
        T value;
        try
        {
            value = converter.Deserialize<T>(result)!;
        }
        // Whatever the app's converter or types throw is the orchestrator's to see.
        catch (Exception e)
        {
            _source.TrySetException(e);
            return;
        }
        _source.TrySetResult(value);
    }

    public override void Fail(Exception exception) => _source.TrySetException(exception);

    public override void Cancel(CancellationToken cancellationToken) => _source.TrySetCanceled(cancellationToken);
}
