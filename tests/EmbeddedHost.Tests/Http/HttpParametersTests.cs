using System.Net;
using System.Text;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace ChatLoop.EmbeddedHost.Tests.Http;

public sealed class HttpParametersTests
{
    private const string Id = "5f0c1f0e-8a39-4d2c-9f52-3b8a0f2f8f11";

    [Theory]
    [InlineData($"/api/turns/{Id}/3?shout=true&level=Warning&score=0.5", $"{Id} 3 True Warning 0.5 10 -")]
    [InlineData($"/api/turns/{Id}/3?SHOUT=false&level=error&score=1e3&limit=2&since=2026-11-24", $"{Id} 3 False Error 1000 2 2026-11-24")]
    public async Task Route_and_query_values_fill_parameters_by_name_by_the_invariant_culture(string path, string answer)
    {
        await using var host = await new TestApp(typeof(Parameters)).StartAsync();

        Assert.Equal(answer, await host.Http.GetStringAsync(path));
    }

    [Theory]
    [InlineData("/api/turns/no-guid/3?shout=true&level=Error&score=1", "id: \"no-guid\" is not a Guid.")]
    [InlineData($"/api/turns/{Id}/99999999999?shout=true&level=Error&score=1", "number: \"99999999999\" is not a Int32.")]
    [InlineData($"/api/turns/{Id}/3?level=Error&score=1", "shout: it is missing.")]
    [InlineData($"/api/turns/{Id}/3?shout=true&level=loud&score=1", "level: \"loud\" is not a Level.")]
    public async Task A_value_that_does_not_fit_is_400_and_says_which(string path, string message)
    {
        await using var host = await new TestApp(typeof(Parameters)).StartAsync();

        using var response = await host.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(message, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_body_fills_an_object_by_the_web_names()
    {
        await using var host = await new TestApp(typeof(Parameters)).StartAsync();

        Assert.Equal((HttpStatusCode.OK, "Ada asks 2"), await PostAsync(host, "/api/Ask", """{ "name": "Ada", "Count": 2 }"""));
        Assert.Equal((HttpStatusCode.OK, "12"), await PostAsync(host, "/api/Length", "{ no JSON }\n"));
    }

    [Theory]
    [InlineData("", "The body does not read as JSON for this request at $.")]
    [InlineData("{", "The body does not read as JSON for this request at $.")]
    [InlineData("null", "The body must not be null.")]
    [InlineData("""{ "name": "Ada", "count": "many" }""", "The body does not read as JSON for this request at $.count.")]
    public async Task A_body_that_does_not_fit_is_400_and_says_where(string body, string message)
    {
        await using var host = await new TestApp(typeof(Parameters)).StartAsync();

        Assert.Equal((HttpStatusCode.BadRequest, message), await PostAsync(host, "/api/Ask", body));
    }

    [Fact]
    public async Task The_context_knows_the_invocation_and_its_request()
    {
        await using var host = await new TestApp(typeof(Parameters)).StartAsync();

        var lines = (await host.Http.GetStringAsync("/api/about/this?x=1")).Split('\n');

        Assert.Equal("About", lines[0]);
        Assert.True(Guid.TryParse(lines[1], out _));
        Assert.Equal("topic=this x=1", lines[2]);
        Assert.Equal("same request: True", lines[3]);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", lines[4]);
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(TestHost host, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await host.Http.PostAsync(path, content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public enum Level
    {
        Warning,
        Error,
    }

    public sealed record Question(string Name, int Count);

    public static class Parameters
    {
        [Function("Turn")]
        public static string Turn(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "turns/{id}/{number}")] HttpRequest request,
            Guid id, int number, bool shout, Level level, double score, DateOnly? since, int limit = 10) =>
            FormattableString.Invariant($"{id} {number} {shout} {level} {score} {limit} {since?.ToString("yyyy-MM-dd", null) ?? "-"}");

        [Function("Ask")]
        public static string Ask([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [FromBody] Question question) =>
            $"{question.Name} asks {question.Count}";

        [Function("Length")]
        public static int Length([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [FromBody] string text) => text.Length;

        [Function("About")]
        public static string About(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "about/{topic}")] HttpRequest request, FunctionContext context) =>
            string.Join('\n',
                context.FunctionDefinition.Name,
                context.InvocationId,
                $"topic={context.BindingContext.BindingData["Topic"]} x={context.BindingContext.BindingData["x"]}",
                $"same request: {ReferenceEquals(context.GetHttpContext()?.Request, request)}",
                context.TraceContext.TraceParent);
    }
}
