using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.ApiKeys;

/// <summary>The administrator's routes: make, list and revoke keys.</summary>
public sealed class ApiKeyFunctions(ApiKeyStore keys, IOptions<ApiKeyOptions> options)
{
    private const int LongestName = 200;

    [Function("MakeApiKey")]
    public async Task<IResult> MakeAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/admin/keys")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var request = await JsonBody.ReadAsync(http, ReadableJson.Types.ApiKeyRequest, cancellationToken);
            if (request.Name is not { Length: > 0 and <= LongestName } name)
                throw ChatRequestReader.Bad("missing_name", $"name says what the key is for, in 1 to {LongestName} characters.");
            if (request.User is not { } user || !CurrentUser.IsId(user))
                throw ChatRequestReader.Bad("invalid_user", $"user says whose conversations the key begins: an id of 1 to {CurrentUser.LongestId} letters, digits and - _ . @.");
            var limits = new ApiKeyLimits(
                request.RequestsPerMinute ?? options.Value.RequestsPerMinute, request.TokensPerMinute ?? options.Value.TokensPerMinute, request.TokensPerDay ?? options.Value.TokensPerDay);
            if (limits is not { RequestsPerMinute: > 0, TokensPerMinute: > 0, TokensPerDay: > 0 })
                throw ChatRequestReader.Bad("out_of_range", "requestsPerMinute, tokensPerMinute and tokensPerDay must be 1 or more.");

            var (stored, key) = await keys.MakeAsync(name, user, limits, cancellationToken);
            http.HttpContext.Response.Headers.CacheControl = "no-store";
            return Results.Json(ApiKeyView.Of(stored) with { Key = key }, ReadableJson.Types.ApiKeyView, statusCode: StatusCodes.Status201Created);
        }
        catch (ChatRequestException e)
        {
            return ErrorView.Result(e.Status, e.Code, e.Message);
        }
    }

    [Function("ListApiKeys")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/admin/keys")] HttpRequest http, CancellationToken cancellationToken) =>
        Results.Json(new ApiKeyList([.. (await keys.ListAsync(cancellationToken)).Select(ApiKeyView.Of)]), ReadableJson.Types.ApiKeyList);

    [Function("RevokeApiKey")]
    public async Task<IResult> RevokeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/admin/keys/{id}")] HttpRequest http, string id, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(id, cancellationToken) is { } revoked
            ? Results.Json(ApiKeyView.Of(revoked), ReadableJson.Types.ApiKeyView)
            : ErrorView.Result(StatusCodes.Status404NotFound, "not_found", "There is no such key: GET /api/admin/keys lists them.");
}
