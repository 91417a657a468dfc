using System.Collections.Concurrent;
using Microsoft.DurableTask.History;

namespace Microsoft.DurableTask.Activities;

/// <summary>Runs activities, so many at once.</summary>
internal sealed class ActivityDispatcher(ActivityRunner runner, int mostAtOnce, CancellationToken stopping) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(mostAtOnce);
    private readonly ConcurrentDictionary<Task, bool> _running = [];

    /// <summary>Where results go.</summary>
    public required Action<ActivityWork, Func<DateTime, HistoryEvent>> Report { get; init; }

    /// <summary>Whether anybody still waits for the result.</summary>
    public required Func<ActivityWork, bool> IsWanted { get; init; }

    public void Dispatch(ActivityWork work)
    {
        var task = Task.Run(() => RunAsync(work));
        _running[task] = true;
        task.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Completes when those in hand have ended; what has not begun is left to the next start.</summary>
    public Task DrainAsync() => Task.WhenAll(_running.Keys);

    public void Dispose() => _slots.Dispose();

    private async Task RunAsync(ActivityWork work)
    {
        try
        {
            await _slots.WaitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        try
        {
            if (!stopping.IsCancellationRequested && IsWanted(work) && await runner.RunAsync(work) is { } result)
                Report(work, result);
        }
        finally
        {
            _slots.Release();
        }
    }
}
