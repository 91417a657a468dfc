using Microsoft.DurableTask.History;

namespace Microsoft.DurableTask.Orchestrations;

/// <summary>Brings external events and those who wait for them together, by name in any case.</summary>
internal sealed class ExternalEventWaits
{
    // Lists and not dictionaries: what is left over keeps its order of arrival.
    private readonly List<EventRaised> _arrived = [];
    private readonly List<(string Name, PendingTask Wait)> _waits = [];

    public IReadOnlyList<EventRaised> Unprocessed => _arrived;

    public bool IsWaiting => _waits.Any(wait => !wait.Wait.IsCompleted);

    /// <summary>The event that had arrived before anybody waited for it, if there is one.</summary>
    public EventRaised? Take(string name)
    {
        var index = _arrived.FindIndex(raised => IsSame(raised.Name, name));
        if (index < 0)
            return null;
        var taken = _arrived[index];
        _arrived.RemoveAt(index);
        return taken;
    }

    public void Keep(EventRaised raised) => _arrived.Add(raised);

    public void Wait(string name, PendingTask wait) => _waits.Add((name, wait));

    /// <summary>Gives the event to the latest who waits for it, as on Azure; keeps it when nobody does.</summary>
    public void Raise(EventRaised raised)
    {
        _waits.RemoveAll(wait => wait.Wait.IsCompleted);
        var index = _waits.FindLastIndex(wait => IsSame(wait.Name, raised.Name));
        if (index < 0)
        {
            _arrived.Add(raised);
            return;
        }
        var (_, waiting) = _waits[index];
        _waits.RemoveAt(index);
        waiting.Complete(raised.Payload);
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
