using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

/// <summary>An app of the given functions in this process, with a folder of its own that it can be started in again.</summary>
internal sealed class DurableApp(params Type[] functions) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("durable-tests-");
    private IHost? _host;

    public string Folder => _folder.FullName;

    public Journal Journal { get; } = new();

    public DurableLog Log { get; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What stands in host.json's durableTask section, beside the brace.</summary>
    public string Settings { get; init; } = "";

    public Action<FunctionsApplicationBuilder> Configure { get; init; } = _ => { };

    public DurableTaskClient Client => Services.GetRequiredService<DurableTaskClient>();

    public IServiceProvider Services => _host?.Services ?? throw new InvalidOperationException("Start the app first.");

    public async Task<DurableApp> StartAsync()
    {
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "host.json"), $$"""{ "version": "2.0", "functionTimeout": "-1", "extensions": { "durableTask": { {{Settings}} } } }""");
        string[] args = ["--port=0", "--AzureWebJobsStorage=", $"--EmbeddedHost:DataPath={Folder}"];
        var builder = new FunctionsApplicationBuilder(
            new HostSetup(typeof(DurableApp).Assembly.GetName().Name!, args, Folder, functions) { Output = TextWriter.Null });
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
        builder.Services.AddSingleton(Time);
        builder.Services.AddSingleton(Journal);
        Configure(builder);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch (Exception)
        {
            host.Dispose();
            throw;
        }
        _host = host;
        return this;
    }

    public async Task StopAsync()
    {
        if (_host is not { } host)
            return;
        _host = null;
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input);
        return await EndAsync(id);
    }

    /// <summary>The output, once the orchestration has completed.</summary>
    public async Task<T?> OutputAsync<T>(string orchestrator, object? input = null)
    {
        var ended = await RunAsync(orchestrator, input);
        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{ended.RuntimeStatus}: {ended.FailureDetails?.ErrorMessage} {ended.FailureDetails?.StackTrace}");
        return ended.ReadOutputAs<T>();
    }

    public Task<OrchestrationMetadata> EndAsync(string id) => Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }
}
