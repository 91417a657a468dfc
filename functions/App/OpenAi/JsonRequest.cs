using System.Text.Json;
using ChatLoop.App.Chat.Requests;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.OpenAi;

/// <summary>Reads the bodies of /v1.</summary>
internal static class JsonRequest
{
    /// <exception cref="ChatRequestException">It is too large, or not said to be JSON.</exception>
    /// <exception cref="OpenAiException">It is no JSON object, or not what <paramref name="read"/> takes.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest http, int largest, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        if (!http.HasJsonContentType())
            throw new ChatRequestException(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send JSON, with the header Content-Type: application/json.");
        var body = await RequestBody.ReadAsync(http, largest, cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return json.RootElement.ValueKind == JsonValueKind.Object ? read(json.RootElement) : throw NoObject();
        }
        // The second: a string with half of a surrogate pair, which only shows when it is read.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw NoObject();
        }
    }

    private static OpenAiException NoObject() => OpenAiException.Bad(null, "invalid_json", "We could not parse the JSON body of your request: send a JSON object (in UTF-8).");
}
