using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.OpenAi;

/// <summary>Whatever else is asked for under /v1: OpenAI has many routes that are not built here, and its clients read errors in its envelope only.</summary>
public sealed class UnknownRoute(OpenAiDoor door)
{
    private static readonly Dictionary<string, string> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["chat/completions"] = "POST",
        ["moderations"] = "POST",
        ["models"] = "GET",
    };

    [Function("OpenAiUnknownRoute")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "v1/{*rest}")] HttpRequest http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        return door.AnswerAsync(http, _ =>
        {
            var path = http.Path.Value ?? "";
            var rest = path.Trim('/') is var whole && whole.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? whole[(slash + 1)..] : "";
            var known = Methods.GetValueOrDefault(rest.StartsWith("models/", StringComparison.OrdinalIgnoreCase) ? "models" : rest);
            if (known is null)
                throw new OpenAiException(
                    StatusCodes.Status404NotFound, "invalid_request_error", null, "unknown_url", $"Unknown request URL: {http.Method} {path}. There are chat/completions, models and moderations.");
            http.HttpContext.Response.Headers.Allow = known;
            throw new OpenAiException(StatusCodes.Status405MethodNotAllowed, "invalid_request_error", null, "method_not_allowed", $"{path} takes {known}, not {http.Method}.");
        }, cancellationToken);
    }
}
