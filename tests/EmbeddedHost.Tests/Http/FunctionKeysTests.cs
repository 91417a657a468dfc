using System.Net;
using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.EmbeddedHost.Tests.Http;

public sealed class FunctionKeysTests
{
    private static readonly Dictionary<string, string> Keys = new()
    {
        ["EmbeddedHost__Keys__Master"] = "m",
        ["EmbeddedHost__Keys__Host__default"] = "h",
        ["EmbeddedHost__Keys__System__durable"] = "s",
        ["EmbeddedHost__Keys__Functions__ask__default"] = "f",
    };

    [Theory]
    [InlineData("Open")]
    [InlineData("Ask")]
    [InlineData("Manage")]
    [InlineData("Rule")]
    public async Task Without_keys_in_the_settings_nothing_is_locked(string function)
    {
        await using var host = await new TestApp(typeof(Locks)).StartAsync();

        Assert.Equal(HttpStatusCode.OK, await GetAsync(host, $"/api/{function}"));
    }

    [Theory]
    [InlineData("Open", "", HttpStatusCode.OK)]
    [InlineData("Open", "wrong", HttpStatusCode.OK)]
    [InlineData("Ask", "", HttpStatusCode.Unauthorized)]
    [InlineData("Ask", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Ask", "s", HttpStatusCode.Unauthorized)]
    [InlineData("Ask", "f", HttpStatusCode.OK)]
    [InlineData("Ask", "h", HttpStatusCode.OK)]
    [InlineData("Ask", "m", HttpStatusCode.OK)]
    [InlineData("Ask2", "f", HttpStatusCode.Unauthorized)]
    [InlineData("Ask2", "h", HttpStatusCode.OK)]
    [InlineData("Manage", "h", HttpStatusCode.Unauthorized)]
    [InlineData("Manage", "s", HttpStatusCode.OK)]
    [InlineData("Manage", "m", HttpStatusCode.OK)]
    [InlineData("Rule", "s", HttpStatusCode.Unauthorized)]
    [InlineData("Rule", "h", HttpStatusCode.Unauthorized)]
    [InlineData("Rule", "m", HttpStatusCode.OK)]
    public async Task A_key_opens_what_its_kind_may_open_in_header_and_query(string function, string key, HttpStatusCode expected)
    {
        await using var host = await new TestApp(typeof(Locks)) { Settings = Keys }.StartAsync();

        Assert.Equal(expected, await GetAsync(host, $"/api/{function}", key));
        Assert.Equal(expected, await GetAsync(host, $"/api/{function}?code={key}"));
    }

    [Fact]
    public async Task A_header_wins_over_the_query()
    {
        await using var host = await new TestApp(typeof(Locks)) { Settings = Keys }.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(host, "/api/Ask?code=m", "wrong"));
    }

    [Fact]
    public void Locked_functions_without_keys_are_not_opened_to_the_network()
    {
        var open = new Dictionary<string, string> { ["EmbeddedHost__Address"] = "0.0.0.0" };

        Assert.StartsWith("Function 'Ask': it asks for a key, none is set", new TestApp(typeof(Locks)) { Settings = open }.StartFailure(), StringComparison.Ordinal);
        new TestApp(typeof(Locks)) { Settings = new Dictionary<string, string>(Keys.Concat(open)) }.Build();
        new TestApp(typeof(Unlocked)) { Settings = open }.Build();
    }

    private static async Task<HttpStatusCode> GetAsync(TestHost host, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        using var response = await host.Http.SendAsync(request);
        return response.StatusCode;
    }

    public static class Locks
    {
        [Function("Open")]
        public static string Open([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => "";

        // Function is the level when none is given, as on Azure.
        [Function("Ask")]
        public static string Ask([HttpTrigger] HttpRequest request) => "";

        [Function("Ask2")]
        public static string Ask2([HttpTrigger("get")] HttpRequest request) => "";

        [Function("Manage")]
        public static string Manage([HttpTrigger(AuthorizationLevel.System)] HttpRequest request) => "";

        [Function("Rule")]
        public static string Rule([HttpTrigger(AuthorizationLevel.Admin)] HttpRequest request) => "";
    }

    public static class Unlocked
    {
        [Function("Open")]
        public static string Open([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => "";
    }
}
