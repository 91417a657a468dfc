using System.Collections.Concurrent;

namespace Microsoft.DurableTask.Instances;

/// <summary>Wakes those who wait for an instance to change its status.</summary>
internal sealed class StatusSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _signals = new(StringComparer.Ordinal);

    /// <summary>Completes at the next change; asked for before looking, so that none is missed.</summary>
    public Task Next(string id) =>
        _signals.GetOrAdd(id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Raise(string id)
    {
        if (_signals.TryRemove(id, out var signal))
            signal.SetResult();
    }
}
