using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Chat.Views;

/// <summary>200 with the answered turn, or 202 with the address at which to ask again.</summary>
internal sealed class TurnResult(TurnView turn) : IResult
{
    private const string RetryAfterSeconds = "1";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        if (turn is RunningTurn running)
        {
            httpContext.Response.StatusCode = StatusCodes.Status202Accepted;
            httpContext.Response.Headers.Location = running.StatusUrl;
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return httpContext.Response.WriteAsJsonAsync(turn, ReadableJson.Types.TurnView, cancellationToken: httpContext.RequestAborted);
    }
}
