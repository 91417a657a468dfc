using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Chat;

/// <summary>
/// Waits for an orchestration: by being told, which is at once on some hosts, and by asking, soon at first and then less often,
/// for WaitForInstanceCompletionAsync itself asks every two seconds on Azure Storage.
/// </summary>
public sealed class TurnWait(IOptions<TurnOptions> options, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <returns>Whether it ended within the time that a POST waits.</returns>
    public Task<bool> UntilEndedAsync(DurableTaskClient client, string turnId, CancellationToken cancellationToken) =>
        UntilEndedAsync(client, turnId, options.Value.WaitTimeout, cancellationToken);

    /// <returns>Whether it ended within the limit.</returns>
    internal async Task<bool> UntilEndedAsync(DurableTaskClient client, string turnId, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var told = client.WaitForInstanceCompletionAsync(turnId, ended.Token);
        var asked = AskAsync(client, turnId, limit, ended.Token);
        try
        {
            await Task.WhenAny(told, asked);
            // A host that cannot tell is asked all the same.
            return told.IsCompletedSuccessfully || await asked;
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(told, asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> AskAsync(DurableTaskClient client, string turnId, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var pause = ShortestPause;
        while (time.GetElapsedTime(started) + pause <= limit)
        {
            await Task.Delay(pause, time, cancellationToken);
            if (await client.GetInstanceAsync(turnId, cancellationToken) is { IsCompleted: true })
                return true;
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }

        return false;
    }
}
