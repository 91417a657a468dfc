using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Queues;

/// <summary>Sends what functions return through <see cref="QueueOutputAttribute"/>.</summary>
internal sealed class QueueSender(QueueClients clients, HostJson hostJson, IConfiguration settings)
{
    public async Task SendAsync(FunctionDescriptor function, object? result, CancellationToken cancellationToken)
    {
        foreach (var (output, value) in function.Outputs.ForQueues(result))
        {
            var queue = await clients.GetOrCreateAsync(
                QueueAddress.Of(function.Name, output.QueueName, output.Connection, settings), cancellationToken);
            foreach (var message in QueueText.Messages(value))
                await queue.SendMessageAsync(QueueText.Encode(message, hostJson.Queues.Base64), cancellationToken);
        }
    }
}
