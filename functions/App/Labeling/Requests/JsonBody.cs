using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatLoop.App.Chat.Requests;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Labeling.Requests;

/// <summary>Reads small bodies of JSON.</summary>
internal static class JsonBody
{
    /// <summary>In bytes: the longest written answer, each character escaped, and a comment.</summary>
    private const int Largest = 128 * 1024;

    /// <exception cref="ChatRequestException">The body is not what was asked for; the message says why.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
            throw new ChatRequestException(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send JSON, with the header Content-Type: application/json.");
        var body = await RequestBody.ReadAsync(request, Largest, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw ChatRequestReader.Bad("invalid_json", $"The body cannot be read{(e.Path is { Length: > 1 } path ? $" at {path}" : "")}: {e.Message}");
        }
    }
}
