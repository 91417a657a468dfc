using System.Net;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.EmbeddedHost.Tests.Http;

public sealed class HttpRoutingTests
{
    [Theory]
    [InlineData("/api/Hello", "hello")]
    [InlineData("/API/hello", "hello")]
    [InlineData("/api/items/7", "item 7")]
    [InlineData("/api/items/first", "named first")]
    [InlineData("/api/files/a/b%20c.txt", "file a/b c.txt")]
    [InlineData("/api/files", "file ")]
    [InlineData("/api/literal", "literal")]
    [InlineData("/api/other", "any other")]
    public async Task A_request_reaches_the_function_whose_route_fits_best(string path, string answer)
    {
        await using var host = await new TestApp(typeof(Routes)).StartAsync();

        Assert.Equal(answer, await host.Http.GetStringAsync(path));
    }

    [Theory]
    [InlineData("/Hello")]
    [InlineData("/api")]
    [InlineData("/api/a/b/c")]
    public async Task A_path_of_no_function_is_404(string path)
    {
        await using var host = await new TestApp(typeof(Routes)).StartAsync();

        using var response = await host.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_method_that_no_function_of_the_path_takes_is_405_with_those_that_it_takes()
    {
        await using var host = await new TestApp(typeof(Routes)).StartAsync();

        using var response = await host.Http.DeleteAsync("/api/items/7");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "PUT"], response.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task One_path_may_belong_to_two_functions_by_method_and_a_function_without_methods_takes_all()
    {
        await using var host = await new TestApp(typeof(Routes)).StartAsync();

        using var put = await host.Http.PutAsync("/api/items/7", null);
        using var patch = await host.Http.PatchAsync("/api/Hello", null);

        Assert.Equal("put 7", await put.Content.ReadAsStringAsync());
        Assert.Equal("hello", await patch.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("v1/chat", "/v1/chat/Hello")]
    [InlineData("/v1/", "/v1/Hello")]
    [InlineData("", "/Hello")]
    public async Task The_prefix_of_host_json_stands_before_every_route(string prefix, string path)
    {
        await using var host = await new TestApp(typeof(Routes)) { HostJson = WithPrefix(prefix) }.StartAsync();

        Assert.Equal("hello", await host.Http.GetStringAsync(path));
    }

    [Fact]
    public async Task A_route_of_one_optional_empty_parameter_serves_the_root_and_nothing_else()
    {
        await using var host = await new TestApp(typeof(RootRoute)) { HostJson = WithPrefix("") }.StartAsync();

        Assert.Equal("page", await host.Http.GetStringAsync("/"));
        using var other = await host.Http.GetAsync("/other");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Custom_headers_of_host_json_stand_on_every_answer()
    {
        const string hostJson = """{ "version": "2.0", "extensions": { "http": { "customHeaders": { "X-Content-Type-Options": "nosniff" } } } }""";
        await using var host = await new TestApp(typeof(Routes)) { HostJson = hostJson }.StartAsync();

        foreach (var path in new[] { "/api/Hello", "/api/fail/now", "/api/a/b/c" })
        {
            using var response = await host.Http.GetAsync(path);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task A_route_may_name_a_setting()
    {
        await using var host = await new TestApp(typeof(SettingRoute)) { Settings = new Dictionary<string, string> { ["Version__Path"] = "v2" } }.StartAsync();

        Assert.Equal("setting", await host.Http.GetStringAsync("/api/v2/where"));
    }

    [Theory]
    [InlineData(typeof(BadRoute), "Function 'Bad': the route \"api/{id\" is not valid: ")]
    [InlineData(typeof(UnknownConstraint), "Function 'Bad': the route \"api/{id:uneven}\" has a bad constraint on id: ")]
    [InlineData(typeof(SameRoute), "Function 'Two': its route \"api/same/{other}\" is also that of 'One'; give one another route or method.")]
    [InlineData(typeof(AdminRoute), "Function 'Bad': the route \"admin/x\" starts with admin or runtime, which Azure keeps for itself.")]
    [InlineData(typeof(BadMethod), "Function 'Bad': \"ge t\" is not an HTTP method.")]
    [InlineData(typeof(UserLevel), "Function 'Bad': AuthorizationLevel.User is not supported; use Anonymous, Function, System or Admin.")]
    [InlineData(typeof(SettingRoute), "Function 'Where': \"%Version__Path%/where\" needs the setting Version__Path, which is not set: add it to local.settings.json (Values) or the environment.")]
    public void A_route_that_cannot_work_ends_the_start_with_one_line(Type functions, string line)
    {
        var failure = new TestApp(functions).StartFailure();

        Assert.StartsWith(line, failure, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure);
    }

    private static string WithPrefix(string prefix) =>
        $$"""{ "version": "2.0", "extensions": { "http": { "routePrefix": "{{prefix}}" } } }""";

    public static class Routes
    {
        [Function("Hello")]
        public static string Hello([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => "hello";

        [Function("Item")]
        public static string Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id:int}")] HttpRequest request, int id) => $"item {id}";

        [Function("PutItem")]
        public static string PutItem([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "items/{id:int}")] HttpRequest request, int id) => $"put {id}";

        [Function("NamedItem")]
        public static string NamedItem([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{name:alpha}")] HttpRequest request, string name) => $"named {name}";

        [Function("File")]
        public static string File([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{*path}")] HttpRequest request, string? path) => $"file {path}";

        [Function("Literal")]
        public static string Literal([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "/literal/")] HttpRequest request) => "literal";

        [Function("Any")]
        public static string Any([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{any}")] HttpRequest request, string any) => $"any {any}";

        [Function("Fail")]
        public static string Fail([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fail/now")] HttpRequest request) => throw new InvalidOperationException("A test's own failure.");
    }

    public static class RootRoute
    {
        [Function("Page")]
        public static string Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{ignored:maxlength(0)?}")] HttpRequest request) => "page";
    }

    public static class SettingRoute
    {
        [Function("Where")]
        public static string Where([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "%Version__Path%/where")] HttpRequest request) => "setting";
    }

    public static class BadRoute
    {
        [Function("Bad")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{id")] HttpRequest request) => "";
    }

    public static class UnknownConstraint
    {
        [Function("Bad")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{id:uneven}")] HttpRequest request) => "";
    }

    public static class SameRoute
    {
        [Function("One")]
        public static string One([HttpTrigger(AuthorizationLevel.Anonymous, Route = "same/{id}")] HttpRequest request) => "";

        [Function("Two")]
        public static string Two([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "same/{other}")] HttpRequest request) => "";
    }

    public static class AdminRoute
    {
        [Function("Bad")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "admin/x")] HttpRequest request) => "";
    }

    public static class BadMethod
    {
        [Function("Bad")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous, "ge t")] HttpRequest request) => "";
    }

    public static class UserLevel
    {
        [Function("Bad")]
        public static string Run([HttpTrigger(AuthorizationLevel.User)] HttpRequest request) => "";
    }
}
