using System.Text.Json;
using ChatLoop.Core.Feedback;

namespace ChatLoop.App.Poison;

/// <summary>What can be said of a message from its queue and bytes alone.</summary>
internal static class MessageChecks
{
    // The fields that say whose a message is, in the three contracts.
    private static readonly string[] OwnerFields = ["userId", "ownerId", "submittedBy"];

    /// <summary>The mistakes that this build finds in it, as sentences.</summary>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    public static IReadOnlyList<string> Mistakes(string queue, ReadOnlyMemory<byte> body) =>
        queue == QueueContracts.Feedback.Queue ? QueueContracts.Feedback.Read(body).Mistakes
        : queue == QueueContracts.LabelingTasks.Queue ? QueueContracts.LabelingTasks.Read(body).Mistakes
        : queue == QueueContracts.RewardLabeling.Queue ? QueueContracts.RewardLabeling.Read(body).Mistakes
        : throw new ArgumentException($"There is no queue {queue}.", nameof(queue));

    /// <summary>The users that it names, as far as it can be read: their purge takes it too.</summary>
    public static IReadOnlyList<string> Owners(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return [];
            return
            [
                .. OwnerFields
                    .Select(field => json.RootElement.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
                    .OfType<string>()
                    .Distinct(),
            ];
        }
        // The second: half of a surrogate pair, which only shows when the text is read.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
