using ChatLoop.Core.Conversations;
using Microsoft.Extensions.Caching.Memory;

namespace ChatLoop.App.Conversations;

/// <summary>
/// The conversations that this instance has written in the last moments, as it wrote them. They may have changed since: they are only for
/// whoever knows the version that it wants, and as the ground of a change, which the ETag checks.
/// </summary>
public sealed class RecentConversations : IDisposable
{
    private const long MostBytes = 32 << 20;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    internal void Keep(Conversation written, int bytes) =>
        cache.Set(written.Id, written, new MemoryCacheEntryOptions { Size = bytes, AbsoluteExpirationRelativeToNow = Kept });

    internal Conversation? Find(string conversationId) => cache.Get<Conversation>(conversationId);

    internal Conversation? Find(string conversationId, string? version) => version is not null && Find(conversationId) is { } found && found.Version == version ? found : null;

    internal void Forget(string conversationId) => cache.Remove(conversationId);

    public void Dispose() => cache.Dispose();
}
