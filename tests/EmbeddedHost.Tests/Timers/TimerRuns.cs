using System.Threading.Channels;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.EmbeddedHost.Tests.Timers;

/// <summary>What a timer function was called with, and what it does about it.</summary>
public sealed class TimerRuns(TimeProvider time)
{
    private readonly Channel<TimerRun> _runs = Channel.CreateUnbounded<TimerRun>();

    /// <summary>How many of the next runs fail.</summary>
    public int Failures { get; set; }

    public async Task<TimerRun> NextAsync() => await _runs.Reader.ReadAsync().AsTask().WaitAsync(Patience.Long);

    public bool Any => _runs.Reader.TryPeek(out _);

    public void Run(TimerInfo timer, FunctionContext context)
    {
        _runs.Writer.TryWrite(new TimerRun(time.GetUtcNow().UtcDateTime, timer, context.RetryContext.RetryCount, context.RetryContext.MaxRetryCount));
        if (Failures-- > 0)
            throw new InvalidOperationException("A test's own failure.");
    }
}

public sealed record TimerRun(DateTime At, TimerInfo Timer, int Retry, int MaxRetries);
