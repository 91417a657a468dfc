using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Queues;

/// <summary>Runs a function for one message and settles it: deleted when done, back in the queue, or to the poison queue.</summary>
internal sealed class QueueMessageProcessor(
    FunctionInvoker invoker, QueueClients clients, QueueSender outputs, HostJson hostJson, HostLog log, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>
    /// How long a message stays hidden while it is worked on, renewed at half. Azure hides it for ten minutes; after a crash
    /// two bring it back sooner, and a function that runs longer is covered by the renewal all the same.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private readonly ILogger _logger = loggers.CreateLogger("Host.Queues");

    /// <summary>Never throws: what cannot be settled comes again by itself.</summary>
    public async Task ProcessAsync(FunctionDescriptor function, QueueAddress address, QueueMessage message)
    {
        var settings = hostJson.Queues;
        var lease = new MessageLease(clients.Get(address), message, Lease, time, e => Logs.NotRenewed(_logger, e, message.MessageId, address.Name));
        try
        {
            if (!QueueText.TryDecode(message.Body.ToString(), settings.Base64, out var payload))
            {
                Logs.NotBase64(_logger, message.MessageId, address.Name, address.Poison.Name);
                await PoisonAsync(address, message, lease);
            }
            // Attempts that ended with the process count too: such a message must not take the app down for ever.
            else if (message.DequeueCount > settings.MaxDequeueCount)
            {
                await PoisonAsync(address, message, lease);
            }
            else if (await RunAsync(function, message, payload, lease))
            {
                await lease.DeleteAsync();
            }
            else if (message.DequeueCount >= settings.MaxDequeueCount)
            {
                await PoisonAsync(address, message, lease);
            }
            else
            {
                await lease.ReleaseAsync(settings.VisibilityTimeout);
            }
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or OperationCanceledException or IOException)
        {
            Logs.Unsettled(_logger, e, message.MessageId, address.Name);
        }
        finally
        {
            await lease.DisposeAsync();
        }
    }

    private async Task<bool> RunAsync(FunctionDescriptor function, QueueMessage message, BinaryData payload, MessageLease lease)
    {
        var decoded = QueuesModelFactory.QueueMessage(
            message.MessageId, message.PopReceipt, payload, message.DequeueCount, message.NextVisibleOn, message.InsertedOn, message.ExpiresOn);
        await using var invocation = invoker.Begin(
            function, new TriggerEvent(decoded, QueueParameters.BindingData(decoded, payload)), CancellationToken.None);
        try
        {
            await log.RunAsync(invocation, async () =>
            {
                var result = await invocation.RunAsync();
                await outputs.SendAsync(function, result, invocation.CancellationToken);
            });
            return true;
        }
        // The function's failure, whatever it is, is logged; the message's fate is the answer to it.
        catch (Exception)
        {
            return false;
        }
        finally
        {
            await lease.StopRenewingAsync();
        }
    }

    /// <summary>Written to the poison queue first, deleted after: a crash in between leaves two, never none.</summary>
    private async Task PoisonAsync(QueueAddress address, QueueMessage message, MessageLease lease)
    {
        var poison = await clients.GetOrCreateAsync(address.Poison, CancellationToken.None);
        // For ever, as on Azure: a person has to look at it.
        await poison.SendMessageAsync(message.Body, timeToLive: TimeSpan.FromSeconds(-1));
        await lease.DeleteAsync();
        Logs.Poisoned(_logger, message.MessageId, address.Name, address.Poison.Name, message.DequeueCount);
    }
}
