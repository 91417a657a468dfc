using Microsoft.Playwright;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>The headless Chromium of this machine, started once for all page tests. Nothing is ever downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string Executable = Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } path ? path : "/usr/bin/chromium";

    private IPlaywright? playwright;
    private IBrowser? browser;

    public bool IsThere => browser is not null;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Executable)) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox"] });
    }

    /// <summary>A window of its own: storage, cache and history are shared with no other test.</summary>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        Skip.If(browser is null, $"There is no Chromium at {Executable}. Install one with 'apt-get install chromium', or name one in CHROMIUM_PATH.");
        var context = await browser.NewContextAsync(options);
        // The two cores may be busy with the app's own model.
        context.SetDefaultTimeout(30_000);
        Assertions.SetDefaultExpectTimeout(30_000);
        return await context.NewPageAsync();
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
