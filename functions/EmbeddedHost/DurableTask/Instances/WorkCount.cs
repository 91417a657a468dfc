namespace Microsoft.DurableTask.Instances;

/// <summary>How much is under way, and a signal for when nothing is.</summary>
internal sealed class WorkCount
{
    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _none;

    public IDisposable Enter()
    {
        lock (_lock)
            _count++;
        return new Entered(this);
    }

    public Task WhenNoneAsync()
    {
        lock (_lock)
        {
            return _count == 0
                ? Task.CompletedTask
                : (_none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_count > 0)
                return;
            _none?.SetResult();
            _none = null;
        }
    }

    private sealed class Entered(WorkCount work) : IDisposable
    {
        public void Dispose() => work.Leave();
    }
}
