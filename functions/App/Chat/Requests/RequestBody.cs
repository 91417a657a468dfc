using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Chat.Requests;

/// <summary>Reads a body up to a size.</summary>
internal static class RequestBody
{
    /// <exception cref="ChatRequestException">The body is larger.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken, string hint = "")
    {
        if (request.ContentLength > most)
            throw TooLarge(most, hint);
        var body = new ArrayBufferWriter<byte>(4096);
        while (await request.Body.ReadAsync(body.GetMemory(4096), cancellationToken) is > 0 and var read)
        {
            body.Advance(read);
            if (body.WrittenCount > most)
                throw TooLarge(most, hint);
        }

        return body.WrittenMemory;
    }

    private static ChatRequestException TooLarge(int most, string hint) =>
        new(StatusCodes.Status413PayloadTooLarge, "body_too_large", $"The body is larger than {most} bytes{hint}.");
}
