using System.Text;
using ChatLoop.App.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Tests.Fakes;

/// <summary>Requests for HTTP functions, and what they answer.</summary>
internal static class Http
{
    public static HttpRequest Request(string? body = null, string? user = null)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        if (user is not null)
            context.Request.Headers[CurrentUser.NamedHeader] = user;
        if (body is not null)
        {
            context.Request.ContentType = "application/json";
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        return context.Request;
    }

    public static async Task<(int Status, string Body)> AnswerAsync(IResult result)
    {
        var context = Request().HttpContext;
        using var body = new MemoryStream();
        context.Response.Body = body;
        await result.ExecuteAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }
}
