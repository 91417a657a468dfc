namespace Microsoft.DurableTask.Orchestrations;

/// <summary>
/// Runs an orchestrator's code on the calling thread, in the order in which its tasks complete. Code that comes back from
/// anywhere else (Task.Run, Task.Delay, I/O) has left the orchestration's history, and is told to <paramref name="strayed"/>.
/// </summary>
internal sealed class OrchestratorThread(Action strayed) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _isOver;

    public bool IsCurrent => !_isOver && Environment.CurrentManagedThreadId == _thread;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
            _ready.Enqueue((d, state));
        else
            strayed();
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
            d(state);
        else
            strayed();
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs code of the orchestrator, and what it makes ready.</summary>
    public void Run(Action code)
    {
        var before = Current;
        try
        {
            SetSynchronizationContext(this);
            code();
            RunReady();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Completes a task of the orchestrator and runs what waited for it.</summary>
    public void Complete(Action completion)
    {
        var before = Current;
        try
        {
            Outside(completion);
            SetSynchronizationContext(this);
            RunReady();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>
    /// Without a context, so that a continuation after ConfigureAwait(false) runs here and now; the runtime would
    /// send it to the thread pool otherwise.
    /// </summary>
    public static void Outside(Action completion)
    {
        var before = Current;
        SetSynchronizationContext(null);
        try
        {
            completion();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>From here on whatever comes back has strayed.</summary>
    public void End() => _isOver = true;

    private void RunReady()
    {
        while (_ready.TryDequeue(out var next))
        {
            SetSynchronizationContext(this);
            next.Callback(next.State);
        }
    }
}
