using System.Globalization;
using ChatLoop.App.ApiKeys;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Storage;
using ChatLoop.App.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.OpenAi;

/// <summary>What every request under /v1 goes through: an id, the key, its limits, and OpenAI's envelope around whatever goes wrong.</summary>
public sealed class OpenAiDoor(ApiKeyStore keys, KeyUses uses, CurrentUser user, IOptions<ApiKeyOptions> options, ILogger<OpenAiDoor> logger)
{
    private const string Scheme = "Bearer ";

    internal async Task<IResult> AnswerAsync(HttpRequest http, Func<Caller, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        var requestId = $"req_{Identifier.New()}";
        var response = http.HttpContext.Response;
        response.Headers["x-request-id"] = requestId;
        response.Headers.CacheControl = "no-store";
        try
        {
            var caller = await IdentifyAsync(http, requestId, cancellationToken);
            try
            {
                return await answer(caller);
            }
            // Bad requests count too: they cost work, and a client in a loop is to be slowed down.
            catch (Exception e) when (e is OpenAiException or ChatRequestException)
            {
                await caller.AdmitAsync(0, cancellationToken);
                throw;
            }
        }
        catch (OpenAiException e)
        {
            return Error(response, requestId, e);
        }
        catch (ChatRequestException e)
        {
            return Error(response, requestId, OpenAiException.Of(e));
        }
        catch (UserIdException e)
        {
            return Error(response, requestId, OpenAiException.BadKey("unknown_user", e.Message));
        }
        // Whatever it is, a client of OpenAI's reads this envelope, and no stack trace.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.V1Failed(requestId, e);
            return Error(response, requestId, OpenAiException.Internal(requestId));
        }
    }

    private async Task<Caller> IdentifyAsync(HttpRequest http, string requestId, CancellationToken cancellationToken)
    {
        var header = http.Headers.Authorization.ToString();
        var secret = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        // Where no key is wanted, clients that cannot do without one send anything; one of ours is taken at its word there too.
        if (!options.Value.Required && !secret.StartsWith(SecretKey.Prefix, StringComparison.Ordinal))
            return Caller.Unlimited(requestId, user.Find(http));
        if (secret.Length == 0)
            throw OpenAiException.BadKey("missing_api_key", $"You didn't provide an API key: send the header Authorization: Bearer {SecretKey.Prefix}… with a key that an administrator of this server has made.");
        var key = await keys.FindAsync(secret, cancellationToken)
            ?? throw OpenAiException.BadKey("invalid_api_key", "Incorrect API key provided: it is not known here, or was revoked. An administrator of this server makes keys.");
        return new Caller(requestId, key.User, new CallerLimits(http.HttpContext.Response, uses, key));
    }

    private IResult Error(HttpResponse response, string requestId, OpenAiException e)
    {
        logger.V1Refused(requestId, e.Status, e.Code);
        if (e.RetryAfter is { } pause)
            response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (e.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        return Results.Json(ErrorEnvelope.Of(e), OpenAiJson.Types.ErrorEnvelope, statusCode: e.Status);
    }
}
