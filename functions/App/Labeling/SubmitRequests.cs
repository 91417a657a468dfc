using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Labeling.Requests;
using ChatLoop.Core.Feedback;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace ChatLoop.App.Labeling;

/// <summary>POST /api/labeling/tasks: one request, an array of them, or one a line (application/x-ndjson).</summary>
public sealed class SubmitRequests(RequestIntake intake)
{
    private const string OnePerLine = "application/x-ndjson";

    /// <summary>In bytes; lines are read one by one and have no such limit.</summary>
    private const int LargestArray = 8 * 1024 * 1024;

    [Function(nameof(SubmitRequests))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/labeling/tasks")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var requests = MediaTypeHeaderValue.TryParse(http.ContentType, out var type) && type.MediaType.Equals(OnePerLine, StringComparison.OrdinalIgnoreCase)
                ? Lines.ReadAsync(http.Body, QueueContract<LabelingRequest>.MostBytes, cancellationToken)
                : ItemsAsync(http, cancellationToken);
            return Results.Json(await intake.TakeAsync(requests, cancellationToken), ReadableJson.Types.IntakeView, statusCode: StatusCodes.Status202Accepted);
        }
        catch (ChatRequestException e)
        {
            return ErrorView.Result(e.Status, e.Code, e.Message);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ItemsAsync(HttpRequest http, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!http.HasJsonContentType())
            throw new ChatRequestException(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", $"Send application/json (one request, or an array of them), or {OnePerLine}.");
        using var body = Parse(await RequestBody.ReadAsync(http, LargestArray, cancellationToken));
        foreach (var item in body.RootElement.ValueKind == JsonValueKind.Array ? body.RootElement.EnumerateArray().ToArray() : [body.RootElement])
            yield return JsonSerializer.SerializeToUtf8Bytes(item, AppJson.Default.JsonElement);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw ChatRequestReader.Bad("invalid_json", "The body is not valid JSON (in UTF-8).");
        }
    }
}
