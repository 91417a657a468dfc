using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatLoop.App.Chat.Requests;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App;

/// <summary>Reads the small JSON bodies of the administrator's requests.</summary>
internal static class JsonBody
{
    private const int LargestBody = 16_384;

    /// <exception cref="ChatRequestException">It is too large, no JSON, or of another shape.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var body = await RequestBody.ReadAsync(request, LargestBody, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw ChatRequestReader.Bad("invalid_json", "The body is null; send a JSON object.");
        }
        catch (JsonException e)
        {
            throw ChatRequestReader.Bad("invalid_json", $"The body cannot be read{(e.Path is { Length: > 1 } path ? $" at {path}" : "")}: send a JSON object.");
        }
    }
}
