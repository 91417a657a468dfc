using ChatLoop.Inference.Serving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Models;

/// <summary>Keeps this instance on the current version of the model store, from its start on, and lets go of models that nobody asks for.</summary>
public sealed class ModelSync(
    ModelPointer currentModel, ModelCache cache, ModelClients others, ServingChatClient client, IOptions<ModelOptions> options, TimeProvider time, ILogger<ModelSync> logger)
    : BackgroundService
{
    private readonly SemaphoreSlim gate = new(1);
    private ModelFailure? failure;

    /// <summary>Why the current version does not serve here; null where it does.</summary>
    internal ModelFailure? Failure => Volatile.Read(ref failure);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // A restarted instance is not to answer with the shipped model while a later one is current.
        await SyncAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    internal async Task SyncAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        var wanted = Failure?.Version ?? client.Serving.Version;
        try
        {
            wanted = (await currentModel.ReadAsync(cancellationToken)).Version;
            if (wanted != client.Serving.Version)
            {
                if (Failure is { } before && before.Version == wanted && time.GetUtcNow() < before.At + options.Value.RetryInterval)
                    return;
                await client.SwapAsync(wanted, await cache.FolderAsync(wanted, cancellationToken), cancellationToken);
            }

            Volatile.Write(ref failure, null);
        }
        // Whatever it is, the model that serves goes on, and the next poll may do better.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.ModelNotTaken(wanted, client.Serving.Version, e);
            Volatile.Write(ref failure, new ModelFailure(wanted, time.GetUtcNow(), e.Message));
        }
        finally
        {
            gate.Release();
        }
    }

    public override void Dispose()
    {
        gate.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Value.PollInterval, time, stoppingToken);
            await SyncAsync(stoppingToken);
            await others.LeaveIdleAsync(stoppingToken);
        }
    }
}
