using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Streaming;

/// <summary>
/// Asks again and again whether a turn was stopped, and cancels its generation then, wherever it hangs. The first time after a pause:
/// most answers are written before it, and cost no question.
/// </summary>
internal sealed class StopSignal : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _watching;
    private readonly CancellationToken _cancelled;

    public StopSignal(TurnStreams streams, string turnId, TimeSpan pause, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        _cancelled = cancellationToken;
        _stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _watching = WatchAsync(streams, turnId, pause, time, logger);
    }

    /// <summary>For the generation: cancelled by a stop, and by what cancels the activity.</summary>
    public CancellationToken Token => _stopped.Token;

    public bool Stopped => _stopped.IsCancellationRequested && !_cancelled.IsCancellationRequested;

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _done.Dispose();
        _stopped.Dispose();
    }

    private async Task WatchAsync(TurnStreams streams, string turnId, TimeSpan pause, TimeProvider time, ILogger logger)
    {
        var state = new StreamState();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_done.Token, _cancelled);
        while (true)
        {
            await Task.Delay(pause, time, either.Token);
            try
            {
                state.Apply(await streams.ReadAsync(turnId, state.Position, either.Token) ?? []);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.StopNotChecked(turnId, e);
            }

            if (state.Stopped)
            {
                await _stopped.CancelAsync();
                return;
            }
        }
    }
}
