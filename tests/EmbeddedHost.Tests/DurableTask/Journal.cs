using System.Collections.Concurrent;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

/// <summary>What the functions of a test did, and signals between them and the test.</summary>
public sealed class Journal
{
    private readonly ConcurrentQueue<string> _entries = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _signals = new();

    public IReadOnlyList<string> Entries => [.. _entries];

    public void Write(string entry) => _entries.Enqueue(entry);

    public int Count(string entry) => _entries.Count(e => e == entry);

    public void Signal(string name) => Source(name).TrySetResult();

    public Task WaitForAsync(string name, CancellationToken cancellationToken = default) =>
        Source(name).Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);

    private TaskCompletionSource Source(string name) =>
        _signals.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
