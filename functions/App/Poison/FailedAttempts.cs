using System.Collections.Concurrent;

namespace ChatLoop.App.Poison;

/// <summary>
/// Remembers what a queue's function threw at a message, so that its poison record can say so. In memory: the host moves a message
/// to the poison queue without a word, and mostly in the process that tried it last.
/// </summary>
public sealed class FailedAttempts
{
    private const int MostKept = 1_000;

    private readonly ConcurrentDictionary<string, (int Times, string ErrorType)> _attempts = [];

    /// <summary>Runs the work of one message, and remembers the message where it fails.</summary>
    internal async Task WatchAsync(string queue, ReadOnlyMemory<byte> body, Func<Task> work)
    {
        var id = FailedMessages.IdOf(queue, body);
        try
        {
            await work();
            _attempts.TryRemove(id, out _);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What is forgotten only makes a record say less.
            if (_attempts.Count >= MostKept)
                _attempts.Clear();
            _attempts.AddOrUpdate(id, (1, e.GetType().Name), (_, before) => (before.Times + 1, e.GetType().Name));
            throw;
        }
    }

    /// <returns>How often it failed and how it failed last; null where that is not known here.</returns>
    internal (int Times, string ErrorType)? Take(string queue, ReadOnlyMemory<byte> body) =>
        _attempts.TryRemove(FailedMessages.IdOf(queue, body), out var known) ? known : null;
}
