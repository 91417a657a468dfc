using System.Collections.Concurrent;

namespace SampleApp;

/// <summary>Who was here, in the order of arrival.</summary>
public sealed class Guestbook
{
    private readonly ConcurrentQueue<string> _guests = [];

    public IReadOnlyCollection<string> Guests => _guests;

    public void Sign(string guest) => _guests.Enqueue(guest);
}
