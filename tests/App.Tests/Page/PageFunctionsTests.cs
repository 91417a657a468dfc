using ChatLoop.App.Page;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatLoop.App.Tests.Page;

public sealed class PageFunctionsTests
{
    private static readonly Dictionary<string, Func<HttpRequest, IResult>> Pages = new()
    {
        [nameof(PageFunctions.Index)] = PageFunctions.Index,
        [nameof(PageFunctions.Labeling)] = PageFunctions.Labeling,
        [nameof(PageFunctions.Dashboard)] = PageFunctions.Dashboard,
        [nameof(PageFunctions.Improvements)] = PageFunctions.Improvements,
    };

    [Fact]
    public async Task The_root_serves_the_page_under_a_strict_policy()
    {
        var response = await GetAsync(PageFunctions.Index);

        Assert.Equal(200, response.Status);
        Assert.Equal("text/html; charset=utf-8", response.Headers.ContentType);
        Assert.StartsWith("<!DOCTYPE html>", response.Body, StringComparison.Ordinal);
        AssertGuarded(response);
        Assert.False(string.IsNullOrEmpty(response.Headers.ETag));
    }

    [Theory]
    [InlineData(nameof(PageFunctions.Labeling), "Labeling · ChatLoop")]
    [InlineData(nameof(PageFunctions.Dashboard), "Dashboard · ChatLoop")]
    [InlineData(nameof(PageFunctions.Improvements), "Improvements · ChatLoop")]
    public async Task Each_page_is_served_at_its_own_address_under_the_same_policy(string page, string title)
    {
        var response = await GetAsync(Pages[page]);

        Assert.Equal(200, response.Status);
        Assert.Equal("text/html; charset=utf-8", response.Headers.ContentType);
        Assert.Contains($"<title>{title}</title>", response.Body, StringComparison.Ordinal);
        AssertGuarded(response);
    }

    [Theory]
    [InlineData("page.css", "text/css; charset=utf-8")]
    [InlineData("page.js", "text/javascript; charset=utf-8")]
    [InlineData("favicon.svg", "image/svg+xml")]
    public async Task A_file_is_served_with_its_content_type(string file, string contentType)
    {
        var response = await GetAsync(request => PageFunctions.File(request, file));

        Assert.Equal(200, response.Status);
        Assert.Equal(contentType, response.Headers.ContentType);
        Assert.NotEmpty(response.Body);
        AssertGuarded(response);
    }

    [Fact]
    public async Task Every_file_that_the_page_names_exists()
    {
        foreach (var name in PageFiles.Names)
        {
            var text = (await GetAsync(request => PageFunctions.File(request, name))).Body;
            foreach (var named in PageReferences.In(text))
                Assert.True(PageFiles.Find(named) is not null, $"{name} names {named}, which is not in Page/Files.");
        }
    }

    [Theory]
    [InlineData(nameof(PageFunctions.Index))]
    [InlineData(nameof(PageFunctions.Labeling))]
    [InlineData(nameof(PageFunctions.Dashboard))]
    [InlineData(nameof(PageFunctions.Improvements))]
    public async Task A_page_has_no_inline_script_or_style_and_loads_nothing_from_elsewhere(string name)
    {
        var page = (await GetAsync(Pages[name])).Body;

        Assert.DoesNotMatch("<script(?![^>]* src=)", page);
        Assert.DoesNotMatch("<style|\\sstyle=|\\son[a-z]+=", page);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
    }

    [Fact]
    public async Task A_browser_that_has_the_file_gets_304_without_a_body()
    {
        var first = await GetAsync(PageFunctions.Index);

        var again = await GetAsync(PageFunctions.Index, ifNoneMatch: first.Headers.ETag!);

        Assert.Equal(304, again.Status);
        Assert.Empty(again.Body);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        AssertGuarded(again);
    }

    [Fact]
    public async Task A_browser_that_has_another_version_gets_the_file()
    {
        var response = await GetAsync(PageFunctions.Index, ifNoneMatch: "\"an-older-one\"");

        Assert.Equal(200, response.Status);
        Assert.NotEmpty(response.Body);
    }

    [Theory]
    [InlineData("nothing.js")]
    [InlineData("")]
    [InlineData("PAGE.JS")]
    [InlineData("../host.json")]
    [InlineData("..%2fhost.json")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("..\\host.json")]
    [InlineData("/etc/passwd")]
    [InlineData("page.js\0.css")]
    public async Task A_name_that_is_not_a_file_of_the_page_is_not_found(string file)
    {
        var response = await GetAsync(request => PageFunctions.File(request, file));

        Assert.Equal(404, response.Status);
        Assert.Contains("\"not_found\"", response.Body, StringComparison.Ordinal);
        AssertGuarded(response);
    }

    private static void AssertGuarded(Response response)
    {
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            response.Headers.ContentSecurityPolicy);
        Assert.Equal("nosniff", response.Headers.XContentTypeOptions);
        Assert.Equal("no-referrer", response.Headers["Referrer-Policy"]);
        Assert.Equal("no-cache", response.Headers.CacheControl);
    }

    private static async Task<Response> GetAsync(Func<HttpRequest, IResult> function, string? ifNoneMatch = null)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.Method = HttpMethods.Get;
        http.Request.Headers.IfNoneMatch = ifNoneMatch;
        http.Response.Body = body;
        await function(http.Request).ExecuteAsync(http);
        return new Response(http.Response.StatusCode, http.Response.Headers, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }

    private sealed record Response(int Status, IHeaderDictionary Headers, string Body);
}
