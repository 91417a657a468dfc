using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.App.Labeling.Views;
using ChatLoop.App.Storage;
using ChatLoop.Core.Feedback;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Labeling.Requests;

/// <summary>Checks labeling requests and puts those that are right on the queue; those that are not are told with their place.</summary>
public sealed class RequestIntake(MessageSender sender, IOptions<LabelingOptions> options, TimeProvider time)
{
    /// <summary>Who submits where the request does not say: whoever holds the deployment's key.</summary>
    private const string Administrator = "administrator";

    private const int AtOnce = 16;

    /// <param name="requests">Each as JSON; cut where they are longer than a message may be.</param>
    internal async Task<IntakeView> TakeAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> requests, CancellationToken cancellationToken)
    {
        var (line, accepted, refused) = (0, 0, new List<RefusedRequest>());
        var sending = new List<Task>();
        await foreach (var request in requests.WithCancellation(cancellationToken))
        {
            line++;
            if (accepted + refused.Count >= options.Value.MostRequests)
            {
                refused.Add(new RefusedRequest(line, [$"{options.Value.MostRequests} requests are taken at a time (Labeling:MostRequests); this line and all behind it were not read: send them by themselves."]));
                break;
            }

            var reading = Read(request);
            if (reading.Message is not { } message)
            {
                refused.Add(new RefusedRequest(line, reading.Mistakes));
                continue;
            }

            accepted++;
            sending.Add(sender.SendAsync(QueueContracts.LabelingTasks, message, cancellationToken));
            if (sending.Count >= AtOnce)
            {
                await Task.WhenAll(sending);
                sending.Clear();
            }
        }

        await Task.WhenAll(sending);
        return new IntakeView(accepted, refused);
    }

    private MessageReading<LabelingRequest> Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > QueueContract<LabelingRequest>.MostBytes)
            return QueueContracts.LabelingTasks.Read(json);
        try
        {
            // What only a machine would write may be left out. An id may not: by it, sending twice is sending once.
            if (JsonNode.Parse(json.Span) is not JsonObject request)
                return QueueContracts.LabelingTasks.Read(json);
            request.TryAdd("schemaVersion", QueueContracts.LabelingTasks.CurrentSchema);
            request.TryAdd("submittedBy", Administrator);
            request.TryAdd("at", time.GetUtcNow());
            return QueueContracts.LabelingTasks.Read(JsonSerializer.SerializeToUtf8Bytes(request, AppJson.Default.JsonObject));
        }
        // The second: a name that stands twice. The contract says what is wrong with the JSON.
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return QueueContracts.LabelingTasks.Read(json) is { IsValid: false } wrong ? wrong : new MessageReading<LabelingRequest>(null, null, [e.Message]);
        }
    }
}
