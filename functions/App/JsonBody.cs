using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App;

/// <summary>Reads the small JSON bodies of the administrator's requests.</summary>
internal static class JsonBody
{
    private const int LargestBody = 16_384;

    /// <exception cref="BadHttpRequestException">It is too large, no JSON, or of another shape; the message may be shown.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LargestBody)
                throw new BadHttpRequestException($"The body is larger than {LargestBody} bytes.", StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            return JsonSerializer.Deserialize(body.ToArray(), type) ?? throw new BadHttpRequestException("The body is null; send a JSON object.");
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException($"The body cannot be read{(e.Path is { Length: > 1 } path ? $" at {path}" : "")}: send a JSON object.", e);
        }
    }
}
