using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Chat.Views;

/// <summary>What is wrong with a request: a code for programs, a sentence for people.</summary>
internal sealed record ErrorView(ErrorView.Detail Error)
{
    /// <param name="retryAfter">When it may go better; null where the same request never will.</param>
    public static IResult Result(int status, string code, string message, TimeSpan? retryAfter = null)
    {
        var error = Results.Json(new ErrorView(new Detail(code, message)), ReadableJson.Types.ErrorView, statusCode: status);
        return retryAfter is { } pause ? new Later(error, pause) : error;
    }

    internal sealed record Detail(string Code, string Message);

    private sealed class Later(IResult error, TimeSpan pause) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return error.ExecuteAsync(httpContext);
        }
    }
}
