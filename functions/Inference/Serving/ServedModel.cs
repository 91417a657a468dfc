using Microsoft.Extensions.AI;

namespace ChatLoop.Inference.Serving;

/// <summary>A loaded model and how many use it: who keeps it, and each request. Whoever leaves last disposes it.</summary>
public sealed class ServedModel(IChatClient client, ServedVersion version)
{
    private int _users = 1;

    /// <summary>For who has entered, until they leave.</summary>
    public IChatClient Client => client;

    public ServedVersion Version => version;

    /// <returns>False when nobody uses it any more: it is disposed.</returns>
    public bool TryEnter()
    {
        for (var users = Volatile.Read(ref _users); users > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users) return true;
            users = seen;
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0) client.Dispose();
    }
}
