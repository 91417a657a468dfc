namespace ChatLoop.EndToEnd.Tests;

/// <summary>
/// The app that the suite runs against: by default one that it starts itself on the embedded host. Set CHATLOOP_BASE_ADDRESS to run the
/// same suite against an app that runs already, on the real Functions host for one.
/// </summary>
public sealed class RunningApp : IAsyncLifetime
{
    private AppProcess? process;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The settings under which these tests started the app; null when they did not.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; private set; }

    public async Task InitializeAsync()
    {
        var address = Environment.GetEnvironmentVariable("CHATLOOP_BASE_ADDRESS");
        if (string.IsNullOrEmpty(address))
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            Settings = OwnSettings.Create();
            process = await AppProcess.StartAsync(AppProcess.FreePort(), Settings, patience.Token);
        }
        Http = new HttpClient { BaseAddress = process?.Address ?? new Uri(address!), Timeout = TimeSpan.FromMinutes(2) };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (process is not null)
            await process.DisposeAsync();
    }
}
