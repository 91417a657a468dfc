using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>
/// The pages' own files with an API that answers each route as a test says: unlike the chat page, these pages ask several things at
/// once. What is not answered fails the connection.
/// </summary>
internal sealed class CannedSite
{
    public const string Address = "http://localhost:7071/";

    private static readonly string Files = Path.Combine(Repository.Root, "functions", "App", "Page", "Files");

    private readonly ConcurrentDictionary<string, Func<IRoute, Task>> standing = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<IRoute, Task>>> next = new();

    /// <summary>The requests to the API, in order.</summary>
    public ConcurrentQueue<IRequest> Requests { get; } = new();

    public IEnumerable<IRequest> Sent(string route) => Requests.Where(request => RouteOf(request) == route);

    /// <summary>What the only request of this route said.</summary>
    public JsonNode Said(string route) => JsonNode.Parse(Sent(route).Single().PostData!)!;

    /// <summary>From now on requests of this route ("GET api/labeling/next") get this.</summary>
    public CannedSite On(string route, int status, JsonNode? body = null)
    {
        standing[route] = Reply(status, body);
        return this;
    }

    /// <summary>The next request of this route gets this, before what stands for it.</summary>
    public CannedSite Once(string route, int status, JsonNode? body = null) => Once(route, Reply(status, body));

    public CannedSite OnceNothing(string route) => Once(route, reply => reply.AbortAsync("connectionreset"));

    public async Task OpenAsync(IPage page, string path)
    {
        await page.RouteAsync(new Regex("^http://localhost:7071/(?!api/)"), ServeFileAsync);
        await page.RouteAsync(new Regex("^http://localhost:7071/api/"), AnswerAsync);
        await page.GotoAsync(Address + path);
    }

    private static Func<IRoute, Task> Reply(int status, JsonNode? body) =>
        route => route.FulfillAsync(new() { Status = status, ContentType = "application/json", Body = body?.ToJsonString() ?? "" });

    private static string RouteOf(IRequest request)
    {
        var address = new Uri(request.Url);
        return $"{request.Method} {address.PathAndQuery.TrimStart('/')}";
    }

    private static Task ServeFileAsync(IRoute route)
    {
        var path = new Uri(route.Request.Url).AbsolutePath;
        var name = path.StartsWith("/page/", StringComparison.Ordinal) ? Path.GetFileName(path) : $"{path.Trim('/')}.html";
        return route.FulfillAsync(new()
        {
            Path = Path.Combine(Files, name),
            ContentType = Path.GetExtension(name) switch { ".css" => "text/css", ".js" => "text/javascript", ".svg" => "image/svg+xml", _ => "text/html" },
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = CannedApi.Policy },
        });
    }

    private CannedSite Once(string route, Func<IRoute, Task> reply)
    {
        next.GetOrAdd(route, _ => new()).Enqueue(reply);
        return this;
    }

    private Task AnswerAsync(IRoute route)
    {
        Requests.Enqueue(route.Request);
        var name = RouteOf(route.Request);
        if (next.TryGetValue(name, out var queue) && queue.TryDequeue(out var reply)) return reply(route);
        return standing.TryGetValue(name, out var always) ? always(route) : route.AbortAsync("connectionrefused");
    }
}
