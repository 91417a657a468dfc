using ChatLoop.App.Chat;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Users.Purging;

/// <summary>Counts what is stored of a user, by kind.</summary>
public sealed class CountUserData(IEnumerable<IUserData> kinds)
{
    [Function(nameof(CountUserData))]
    public Task<Dictionary<string, int>> RunAsync([ActivityTrigger] string userId, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var counts = new Dictionary<string, int>();
        foreach (var kind in kinds)
            counts[kind.Kind] = await kind.CountAsync(userId, cancellationToken);
        return counts;
    });
}
