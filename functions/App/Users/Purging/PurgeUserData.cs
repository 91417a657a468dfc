using ChatLoop.App.Chat;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Users.Purging;

/// <summary>Deletes one kind of a user's data.</summary>
public sealed class PurgeUserData(IEnumerable<IUserData> kinds)
{
    [Function(nameof(PurgeUserData))]
    public Task<bool> RunAsync([ActivityTrigger] PurgeStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        await kinds.Single(kind => kind.Kind == step.Kind).PurgeAsync(step.UserId, cancellationToken);
        return true;
    });
}
