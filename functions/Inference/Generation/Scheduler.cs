using System.Diagnostics.CodeAnalysis;

namespace ChatLoop.Inference.Generation;

/// <summary>
/// Who gets the next free slot: callers take turns, each caller's own requests go in their order, and no more than a
/// bound wait. Not thread-safe.
/// </summary>
internal sealed class Scheduler<T>(int slots, int mostWaiting)
    where T : class
{
    // The weight of the latest answer in the mean, and the first guess.
    private const double Latest = 0.1;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly LinkedList<(string Caller, LinkedList<T> Waiting)> _turns = [];
    private readonly Dictionary<string, LinkedListNode<(string Caller, LinkedList<T> Waiting)>> _callers = new(StringComparer.Ordinal);
    private double _meanSeconds = 1;

    public int Active { get; private set; }

    public int Waiting { get; private set; }

    /// <summary>Counting those that wait as if they had the free slots already.</summary>
    public bool IsFull => Active + Waiting >= slots + mostWaiting;

    public EngineLoad Load => new(Active, Waiting, IsFull, RetryAfter);

    private TimeSpan RetryAfter
    {
        get
        {
            var drained = TimeSpan.FromSeconds(_meanSeconds * Math.Max(1, Waiting) / slots);
            return drained < Shortest ? Shortest : drained > Longest ? Longest : drained;
        }
    }

    /// <param name="caller">Whose turn it takes; all without a name share one.</param>
    /// <exception cref="EngineBusyException">Too many wait.</exception>
    public void Add(T item, string? caller)
    {
        if (IsFull) throw new EngineBusyException(Load);
        caller ??= "";
        if (!_callers.TryGetValue(caller, out var turn)) _callers[caller] = turn = _turns.AddLast((caller, []));
        turn.Value.Waiting.AddLast(item);
        Waiting++;
    }

    /// <summary>Gives a free slot to the next in turn; <see cref="End"/> frees it.</summary>
    public bool TryStart([NotNullWhen(true)] out T? item)
    {
        item = null;
        if (Active >= slots || _turns.First is not { } turn) return false;
        item = turn.Value.Waiting.First!.Value;
        turn.Value.Waiting.RemoveFirst();
        _turns.RemoveFirst();
        if (turn.Value.Waiting.Count > 0) _turns.AddLast(turn);
        else _callers.Remove(turn.Value.Caller);
        Waiting--;
        Active++;
        return true;
    }

    /// <summary>Takes back a request that has no slot yet.</summary>
    public bool Remove(T item)
    {
        for (var turn = _turns.First; turn is not null; turn = turn.Next)
        {
            if (!turn.Value.Waiting.Remove(item)) continue;
            if (turn.Value.Waiting.Count == 0)
            {
                _callers.Remove(turn.Value.Caller);
                _turns.Remove(turn);
            }

            Waiting--;
            return true;
        }

        return false;
    }

    /// <summary>A slot is free again.</summary>
    /// <param name="took">From its start to its end; null where it did not come to its end, which says nothing of how long answers take.</param>
    public void End(TimeSpan? took)
    {
        Active--;
        if (took is { } time) _meanSeconds += Latest * (time.TotalSeconds - _meanSeconds);
    }
}
