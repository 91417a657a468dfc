using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ChatLoop.App.Chat.Views;

/// <summary>An answer that says when to come again.</summary>
internal sealed class RetryLater(IResult answer, TimeSpan pause) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return answer.ExecuteAsync(httpContext);
    }
}
