using System.Text.Json;
using ChatLoop.App.Chat.Requests;

namespace ChatLoop.App.Poison;

/// <summary>Reads the repaired message that a requeue may bring along.</summary>
internal static class RepairReader
{
    /// <returns>The message; null where the body is empty or names none.</returns>
    /// <exception cref="ChatRequestException">The body is something else.</exception>
    public static ReadOnlyMemory<byte>? Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return null;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw ChatRequestReader.Bad("invalid_type", "The body must be empty, or an object: { \"message\": { … } }.");
            foreach (var field in json.RootElement.EnumerateObject())
                if (field.Name != "message")
                    throw ChatRequestReader.Bad("unknown_field", $"'{ChatRequestReader.Cut(field.Name)}' is unknown; the body takes message, the repaired message.");
            return json.RootElement.TryGetProperty("message", out var message) ? JsonSerializer.SerializeToUtf8Bytes(message, ReadableJson.Types.JsonElement) : null;
        }
        catch (JsonException)
        {
            throw ChatRequestReader.Bad("invalid_json", "The body is not valid JSON (in UTF-8).");
        }
    }
}
