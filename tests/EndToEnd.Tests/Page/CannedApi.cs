using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>
/// The page's own files with answers that a test decides on, so that each turn of the conversation can be brought about at will:
/// the page is what is tested here, and no app runs.
/// </summary>
internal sealed class CannedApi
{
    public const string Address = "http://localhost:7071/";

    public const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string Files = Path.Combine(Repository.Root, "functions", "App", "Page", "Files");

    private readonly Queue<Func<IRoute, Task>> replies = new();

    /// <summary>The requests to the API, in order.</summary>
    public List<IRequest> Requests { get; } = [];

    /// <summary>The requests about judgements and the user's own data, in order; they take none of the replies above.</summary>
    public List<IRequest> Others { get; } = [];

    /// <summary>The requests for the list of conversations, in order.</summary>
    public List<IRequest> Lists { get; } = [];

    /// <summary>Answers those by method and path (without the query); what is not here is answered by nothing being there.</summary>
    public Dictionary<string, (int Status, JsonNode Body)> OtherReplies { get; } = new()
    {
        ["GET /api/feedback"] = (200, new JsonObject { ["judgements"] = new JsonArray() }),
        ["GET /api/conversations"] = (200, new JsonObject { ["conversations"] = new JsonArray(), ["continuation"] = null }),
    };

    public IEnumerable<IRequest> Posts => Requests.Where(request => request.Method == "POST");

    /// <summary>The next request to the API gets this. One that no reply is left for fails the connection.</summary>
    public CannedApi Then(int status, JsonNode body, string? retryAfter = null)
    {
        replies.Enqueue(route => route.FulfillAsync(new()
        {
            Status = status,
            ContentType = "application/json",
            Body = body.ToJsonString(),
            Headers = retryAfter is null ? null : new Dictionary<string, string> { ["Retry-After"] = retryAfter },
        }));
        return this;
    }

    /// <summary>The next request to the API gets these server-sent events, by name and data, all at once.</summary>
    public CannedApi ThenEvents(params (string Name, JsonNode Data)[] events)
    {
        var body = string.Concat(events.Select((happened, index) => $"id: {index + 1}\nevent: {happened.Name}\ndata: {happened.Data.ToJsonString()}\n\n"));
        replies.Enqueue(route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = body }));
        return this;
    }

    public CannedApi ThenNothing()
    {
        replies.Enqueue(route => route.AbortAsync("connectionreset"));
        return this;
    }

    /// <summary>The next request to the API waits for the signal.</summary>
    public CannedApi ThenAfter(Task signal, JsonNode body)
    {
        replies.Enqueue(async route =>
        {
            await signal;
            await route.FulfillAsync(new() { ContentType = "application/json", Body = body.ToJsonString() });
        });
        return this;
    }

    public async Task<ChatPage> OpenAsync(IPage page, string hash = "")
    {
        await page.RouteAsync(new Regex("^http://localhost:7071/(page/[^/?#]+)?(#.*)?$"), ServeFileAsync);
        await page.RouteAsync(new Regex("^http://localhost:7071/api/"), AnswerAsync);
        await page.GotoAsync(Address + hash);
        return new ChatPage(page);
    }

    private static Task ServeFileAsync(IRoute route)
    {
        var name = Path.GetFileName(new Uri(route.Request.Url).AbsolutePath);
        return route.FulfillAsync(new()
        {
            Path = Path.Combine(Files, name.Length == 0 ? "index.html" : name),
            ContentType = Path.GetExtension(name) switch { ".css" => "text/css", ".js" => "text/javascript", ".svg" => "image/svg+xml", _ => "text/html" },
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = Policy },
        });
    }

    private Task AnswerAsync(IRoute route)
    {
        var path = new Uri(route.Request.Url).AbsolutePath;
        if (!path.StartsWith("/api/chat", StringComparison.Ordinal))
        {
            (path == "/api/conversations" ? Lists : Others).Add(route.Request);
            var (status, body) = OtherReplies.GetValueOrDefault($"{route.Request.Method} {path}", (404, CannedTurns.Error("not_found", "There is nothing here.")));
            return route.FulfillAsync(new() { Status = status, ContentType = "application/json", Body = status == 204 ? "" : body.ToJsonString() });
        }

        Requests.Add(route.Request);
        return replies.TryDequeue(out var reply) ? reply(route) : route.AbortAsync("connectionrefused");
    }
}
