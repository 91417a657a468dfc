using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatLoop.EmbeddedHost.Tests.Hosting;

/// <summary>An app in this process: its functions, files and settings. Without storage unless a setting names some.</summary>
internal sealed record TestApp(params Type[] Functions)
{
    public string HostJson { get; init; } = """{ "version": "2.0" }""";

    public string? LocalSettings { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The app's own part of Program.cs.</summary>
    public Action<FunctionsApplicationBuilder> Configure { get; init; } = _ => { };

    public FunctionsApplicationBuilder CreateBuilder(TemporaryFolder folder)
    {
        folder.Write("host.json", HostJson);
        if (LocalSettings is not null)
            folder.Write("local.settings.json", LocalSettings);
        var settings = new Dictionary<string, string>
        {
            ["port"] = "0",
            ["AzureWebJobsStorage"] = "",
            ["EmbeddedHost:DataPath"] = Path.Combine(folder.Path, "data"),
        };
        foreach (var (name, value) in Settings)
            settings[name.Replace("__", ":", StringComparison.Ordinal)] = value;

        var builder = new FunctionsApplicationBuilder(
            new HostSetup(typeof(TestApp).Assembly.GetName().Name!, [.. settings.Select(s => $"--{s.Key}={s.Value}")], folder.Path, Functions) { Output = TextWriter.Null });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Time);
        return builder;
    }

    /// <summary>Builds without starting, and takes it down again: for apps that must not build.</summary>
    public void Build()
    {
        using var folder = new TemporaryFolder();
        var builder = CreateBuilder(folder);
        builder.ConfigureFunctionsWebApplication();
        Configure(builder);
        using var host = builder.Build();
    }

    /// <param name="folder">Of an earlier run, to start again where that one ended.</param>
    public async Task<TestHost> StartAsync(TemporaryFolder? folder = null)
    {
        var own = folder is null ? new TemporaryFolder() : null;
        var log = new LogRecorder();
        var builder = CreateBuilder(folder ?? own!);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.AddProvider(log);
        Configure(builder);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            await ((IAsyncDisposable)host).DisposeAsync();
            own?.Dispose();
            throw;
        }
        return new TestHost(host, log, own);
    }

    /// <summary>The one line that a start ends with.</summary>
    public string StartFailure() => Assert.Throws<HostStartException>(Build).Message;
}
