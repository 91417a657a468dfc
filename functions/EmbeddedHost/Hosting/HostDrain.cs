using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Gives running invocations a moment to finish after the host was asked to stop, then cancels them.</summary>
internal sealed class HostDrain : IDisposable
{
    /// <summary>Long enough for a short answer, short enough for a person at the console.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly ITimer _timer;

    public HostDrain(IHostApplicationLifetime lifetime, TimeProvider time)
    {
        _timer = time.CreateTimer(_ => _cancellation.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registration = lifetime.ApplicationStopping.Register(() => _timer.Change(Grace, Timeout.InfiniteTimeSpan));
    }

    public CancellationToken Token => _cancellation.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _timer.Dispose();
        _cancellation.Dispose();
    }
}
