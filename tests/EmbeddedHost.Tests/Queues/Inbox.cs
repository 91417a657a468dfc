using System.Threading.Channels;
using ChatLoop.EmbeddedHost.Tests.Hosting;

namespace ChatLoop.EmbeddedHost.Tests.Queues;

/// <summary>What queue functions were called with, and what they do about it.</summary>
public sealed class Inbox
{
    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();
    private int _running;

    /// <summary>What each call does before it ends: nothing unless a test says otherwise.</summary>
    public Func<CancellationToken, Task> Then { get; set; } = _ => Task.CompletedTask;

    public int MostAtOnce { get; private set; }

    public bool Any => _received.Reader.TryPeek(out _);

    public async Task<string> NextAsync() => await _received.Reader.ReadAsync().AsTask().WaitAsync(Patience.Long);

    public async Task ReceiveAsync(string text, CancellationToken cancellationToken = default)
    {
        lock (_received)
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
        try
        {
            _received.Writer.TryWrite(text);
            await Then(cancellationToken);
        }
        finally
        {
            lock (_received)
                _running--;
        }
    }
}
