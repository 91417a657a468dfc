using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>The web application with its functions; a failed start stops what had started and says why in one line.</summary>
internal sealed class FunctionsHost(WebApplication app, HostAddress address, StartPhase phase, StartBanner banner) : IHost, IAsyncDisposable
{
    public IServiceProvider Services => app.Services;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var storage = app.Services.GetRequiredService<StorageReady>();
        try
        {
            // The emulator takes its time to start: the app's services are made meanwhile, which may load whole models.
            storage.Begin();
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var wasStopped = app.Lifetime.ApplicationStopping.IsCancellationRequested;
            await storage.AbandonAsync();
            await StopQuietlyAsync();
            if (e is OperationCanceledException && wasStopped)
                throw new HostStartException("it was stopped before it had started.", e);
            if (StartFailures.Explain(e, address.Port) is { } failure)
                throw failure;
            throw;
        }
        phase.End();
        banner.Print(app.Urls);
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => app.StopAsync(cancellationToken);

    public void Dispose() => ((IDisposable)app).Dispose();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>The first failure is the one to tell; what fails in stopping half a host is its echo.</summary>
    private async Task StopQuietlyAsync()
    {
        using var limit = new CancellationTokenSource(app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<HostOptions>>().Value.ShutdownTimeout);
        try
        {
            await app.StopAsync(limit.Token);
        }
        catch (Exception)
        {
        }
    }
}
