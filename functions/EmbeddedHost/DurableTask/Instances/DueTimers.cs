namespace Microsoft.DurableTask.Instances;

/// <summary>Every durable timer that is under way, behind one timer of the clock for the nearest.</summary>
internal sealed class DueTimers : IDisposable
{
    /// <summary>Long waits go in steps, so that a changed clock is noticed.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<DueTimer, DateTime> _timers = new();
    private readonly Action<DueTimer> _fire;
    private readonly TimeProvider _time;
    private readonly ITimer _clock;
    private bool _isClosed;

    public DueTimers(TimeProvider time, Action<DueTimer> fire)
    {
        _time = time;
        _fire = fire;
        _clock = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(DueTimer timer)
    {
        lock (_lock)
        {
            _timers.Enqueue(timer, timer.Due);
            if (ReferenceEquals(_timers.Peek(), timer))
                Set();
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _isClosed = true;
        _clock.Dispose();
    }

    private void Fire()
    {
        var due = new List<DueTimer>();
        lock (_lock)
        {
            var now = _time.GetUtcNow().UtcDateTime;
            while (_timers.TryPeek(out var timer, out var when) && when <= now)
            {
                _timers.Dequeue();
                due.Add(timer);
            }
            Set();
        }
        foreach (var timer in due)
            _fire(timer);
    }

    private void Set()
    {
        if (_isClosed || !_timers.TryPeek(out _, out var next))
            return;
        var wait = next - _time.GetUtcNow().UtcDateTime;
        // Rounded up: a timer of the clock that comes a moment early would find nothing due.
        var milliseconds = Math.Ceiling(Math.Clamp(wait.TotalMilliseconds, 0, LongestStep.TotalMilliseconds));
        _clock.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
