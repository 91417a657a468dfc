using System.Text.Json;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Users;

/// <summary>GET and PUT of /api/users/me/consent.</summary>
public sealed class ConsentFunctions(CurrentUser user, ConsentStore consent, TimeProvider time)
{
    private const int LargestBody = 1024;

    [Function("ReadConsent")]
    public async Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/users/me/consent")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            return Show(http, await consent.AllowsAsync(user.Read(http), cancellationToken));
        }
        catch (UserIdException e)
        {
            return UnknownUser.Result(e);
        }
    }

    [Function("SetConsent")]
    public async Task<IResult> SetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/users/me/consent")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var userId = user.Read(http);
            await consent.SetAsync(userId, Allows(await RequestBody.ReadAsync(http, LargestBody, cancellationToken)), time.GetUtcNow(), cancellationToken);
            return Show(http, await consent.AllowsAsync(userId, cancellationToken));
        }
        catch (ChatRequestException e)
        {
            return ErrorView.Result(e.Status, e.Code, e.Message);
        }
        catch (UserIdException e)
        {
            return UnknownUser.Result(e);
        }
    }

    private static bool Allows(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.GetPropertyCount() == 1
                && json.RootElement.TryGetProperty("allowDataUse", out var allow) && allow.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? allow.GetBoolean()
                : throw ChatRequestReader.Bad("invalid_type", "The body must be { \"allowDataUse\": true } or { \"allowDataUse\": false }.");
        }
        catch (JsonException)
        {
            throw ChatRequestReader.Bad("invalid_json", "The body is not valid JSON (in UTF-8).");
        }
    }

    private static IResult Show(HttpRequest http, bool allows)
    {
        http.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(new ConsentView(allows), ReadableJson.Types.ConsentView);
    }
}
