using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.DurableTask.Activities;
using Microsoft.DurableTask.Instances;
using Microsoft.DurableTask.Orchestrations;
using Microsoft.DurableTask.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>Opens the store and carries on its instances while the host runs.</summary>
internal sealed partial class DurableRuntime(
    FunctionCatalog catalog, Orchestrators orchestrators, ActivityRunner activities, HostJson hostJson, DataFolder data,
    IHostApplicationLifetime lifetime, TimeProvider time, ILoggerFactory loggers) : IHostedService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger("Host.Durable");
    private InstanceEngine? _engine;

    public InstanceEngine Engine => _engine ?? throw new InvalidOperationException("Orchestrations can be started once the host has started: do it in a function, not while the app is set up.");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // An app without orchestrations needs no store, and two copies of it may run side by side.
        if (!catalog.With<OrchestrationTriggerAttribute>().Any())
            return Task.CompletedTask;
        var hub = hostJson.Durable.HubName ?? "durable";
        if (!HubName().IsMatch(hub))
            throw new HostStartException($"host.json: extensions.durableTask.hubName is \"{hub}\"; it must start with a letter and hold 3 to 45 letters and digits.");

        var store = HistoryStore.Open(Path.Combine(data.Path, "durable"), hub);
        _engine = new InstanceEngine(
            store, new TurnServices(orchestrators, _logger, time), activities, EngineLimits.Of(hostJson.Durable), time, Failed, lifetime.ApplicationStopping);
        if (_engine.Start() is > 0 and var unfinished)
            Logs.CarryingOn(_logger, unfinished);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _engine is null ? Task.CompletedTask : _engine.StopAsync().WaitAsync(cancellationToken);

    public void Dispose() => _engine?.Dispose();

    private void Failed(Exception exception)
    {
        Logs.EngineFailed(_logger, exception);
        lifetime.StopApplication();
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,44}$")]
    private static partial Regex HubName();
}
