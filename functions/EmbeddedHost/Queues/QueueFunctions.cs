using Azure;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Queues;

/// <summary>Listens to the queue of every queue function while the host runs.</summary>
internal sealed class QueueFunctions(
    FunctionCatalog catalog, QueueClients clients, QueueMessageProcessor processor, HostJson hostJson, IConfiguration settings,
    IHostApplicationLifetime lifetime, TimeProvider time, ILoggerFactory loggers) : IHostedService
{
    private Task _listening = Task.CompletedTask;

    /// <summary>Checks every queue's name, of outputs too.</summary>
    public IReadOnlyList<(FunctionDescriptor Function, QueueAddress Address)> Queues { get; } = Read(catalog, settings);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (function, address) in Queues)
        {
            try
            {
                await clients.GetOrCreateAsync(address, cancellationToken);
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException)
            {
                throw new HostStartException($"Function '{function.Name}': the queue {address.Name} ({address.Connection}) can neither be opened nor created: {e.Message.ReplaceLineEndings(" ")}", e);
            }
        }
        _listening = Task.WhenAll(Queues.Select(queue => Task.Run(
            () => new QueueListener(queue.Function, queue.Address, clients, processor, hostJson.Queues, time, loggers.CreateLogger("Host.Queues"))
                .RunAsync(lifetime.ApplicationStopping),
            CancellationToken.None)));
    }

    public Task StopAsync(CancellationToken cancellationToken) => _listening.WaitAsync(cancellationToken);

    private static List<(FunctionDescriptor Function, QueueAddress Address)> Read(FunctionCatalog catalog, IConfiguration settings)
    {
        foreach (var function in catalog.Functions)
        {
            foreach (var output in function.Outputs.All)
                QueueAddress.Of(function.Name, output.QueueName, output.Connection, settings);
        }
        return [.. catalog.With<QueueTriggerAttribute>()
            .Select(f => (f.Function, QueueAddress.Of(f.Function.Name, f.Trigger.QueueName, f.Trigger.Connection, settings)))];
    }
}
