using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Chat.Requests;

/// <summary>What a request says in its headers.</summary>
internal static class RequestHeaders
{
    private const int LongestKey = 255;
    private const int MostLanguages = 10;

    /// <exception cref="ChatRequestException">The header is there, but holds no key.</exception>
    public static string? IdempotencyKey(HttpRequest request)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var values))
            return null;
        var key = values.Count == 1 ? values[0] : null;
        return key is { Length: > 0 and <= LongestKey } && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw new ChatRequestException(
                StatusCodes.Status400BadRequest, "invalid_idempotency_key", $"Idempotency-Key must be one key of 1 to {LongestKey} printable ASCII characters without spaces; a UUID serves well.");
    }

    /// <summary>Whether the client takes server-sent events and says so.</summary>
    public static bool AsksForEvents(HttpRequest request) => request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/event-stream");

    /// <summary>Accept-Language, the preferred first; what does not read is left out, since only templates depend on it.</summary>
    public static IReadOnlyList<string> Languages(HttpRequest request) =>
    [
        .. request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0 && language.Value is { HasValue: true, Length: <= 35 } && language.Value != "*")
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString())
            .Take(MostLanguages),
    ];
}
