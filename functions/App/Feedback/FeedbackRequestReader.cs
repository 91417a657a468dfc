using System.Text.Json;
using ChatLoop.App.Chat.Requests;
using ChatLoop.Core.Feedback;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Feedback;

/// <summary>Reads the body of a judgement; what its fields may say is the queue's contract.</summary>
internal static class FeedbackRequestReader
{
    private static readonly string[] Fields =
        ["conversationId", "turnId", "kind", "reasons", "comment", "preferredDraft", "otherDraft", "correctedAnswer", "allowDataUse"];

    /// <exception cref="ChatRequestException">The body is not a judgement as the API takes it.</exception>
    public static async Task<FeedbackRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
            throw new ChatRequestException(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send the judgement as JSON, with the header Content-Type: application/json.");
        return Read(await RequestBody.ReadAsync(request, QueueContract<FeedbackMessage>.MostBytes, cancellationToken));
    }

    internal static FeedbackRequest Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw ChatRequestReader.Bad("invalid_type", "The body must be an object: { \"conversationId\": \"…\", \"turnId\": \"…\", \"kind\": \"thumbUp\" }.");
            foreach (var field in json.RootElement.EnumerateObject())
                if (!Fields.Contains(field.Name))
                    throw ChatRequestReader.Bad("unknown_field", $"'{ChatRequestReader.Cut(field.Name)}' is unknown; the body takes {string.Join(", ", Fields)}.");
        }
        catch (JsonException)
        {
            throw ChatRequestReader.Bad("invalid_json", "The body is not valid JSON (in UTF-8).");
        }

        try
        {
            return JsonSerializer.Deserialize(body.Span, ReadableJson.Types.FeedbackRequest)!;
        }
        catch (JsonException e)
        {
            throw ChatRequestReader.Bad("invalid_type", $"{(e.Path is { Length: > 2 } path ? ChatRequestReader.Cut(path[2..]) : "A field")} has a value that it cannot have: {e.Message}");
        }
    }
}
