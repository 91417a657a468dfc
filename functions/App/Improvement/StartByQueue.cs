using System.Text.Json;
using ChatLoop.App.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Improvement;

/// <summary>Starts a run for a message of the queue `improvements`; while another is under way, the message has its wish already.</summary>
public sealed class StartByQueue(ImprovementStarts starts, ILogger<StartByQueue> logger)
{
    internal const string Queue = "improvements";

    /// <exception cref="InvalidDataException">The message is wrong; after a few attempts it lies in the poison queue.</exception>
    [Function("StartImprovementByQueue")]
    public async Task RunAsync([QueueTrigger(Queue)] string message, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var read = Read(message);
        if (read.Mistake() is { } mistake)
            throw new InvalidDataException(mistake);
        var runId = Identifier.From($"improvement {read.Id}");
        var run = await starts.StartAsync(client, runId, "queue", read.Reason, read.Recipe, cancellationToken);
        if (run.RunId != runId)
            logger.RunAlreadyUnderWay(run.RunId);
    }

    private static ImprovementMessage Read(string message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, ReadableJson.Types.ImprovementMessage) ?? throw new InvalidDataException("The message is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The message is no improvement message: {e.Message}", e);
        }
    }
}
