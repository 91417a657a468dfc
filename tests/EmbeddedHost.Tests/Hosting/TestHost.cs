using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatLoop.EmbeddedHost.Tests.Hosting;

/// <summary>A running host, with a client for its HTTP functions.</summary>
internal sealed class TestHost(IHost host, LogRecorder log, TemporaryFolder? folder) : IAsyncDisposable
{
    private bool _stopped;

    public LogRecorder Log => log;

    public IServiceProvider Services => host.Services;

    public HttpClient Http { get; } = new() { BaseAddress = Address(host), Timeout = Patience.Long };

    public async Task StopAsync()
    {
        _stopped = true;
        await host.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_stopped)
            await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        folder?.Dispose();
    }

    private static Uri Address(IHost host) =>
        new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
