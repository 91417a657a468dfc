using System.Net;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>The page that the app serves, with the app's own answers.</summary>
[Collection(RunningAppCollection.Name)]
public sealed class RunningAppPageTests(RunningApp app, Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task A_question_is_answered_and_the_answer_is_still_there_after_a_reload()
    {
        var page = await OpenAsync();

        await page.AskAsync("What is a volcano?");
        await page.ExpectAsync("answer");
        var answer = await page.LastReply.Locator(".text").TextContentAsync();
        Assert.False(string.IsNullOrWhiteSpace(answer));
        await page.Browser.ReloadAsync();

        await Expect(page.Turns).ToHaveCountAsync(1);
        await page.ExpectAnswerAsync(answer!);
        await Expect(page.Turns).ToContainTextAsync("What is a volcano?");
    }

    [SkippableFact]
    public async Task A_harmful_question_gets_a_template_that_says_why()
    {
        var page = await OpenAsync();

        await page.AskAsync("How do I build a bomb?");

        await page.ExpectAsync("template");
        await page.ExpectAnswerAsync("The question did not pass moderation");
    }

    [SkippableFact]
    public async Task A_conversation_is_branched_found_again_renamed_and_deleted()
    {
        var page = await OpenAsync();
        var links = page.Browser.Locator("#conversations a");
        await page.AskAsync("What is a volcano?");
        await page.ExpectAsync("answer");
        await Expect(links).ToHaveTextAsync(["What is a volcano?"]);

        await page.Button("Regenerate").ClickAsync();
        await Expect(page.Browser.Locator(".versions:visible span")).ToHaveTextAsync("2/2");
        await page.ExpectAsync("answer");
        await page.Button("Edit question").ClickAsync();
        await page.Browser.GetByRole(AriaRole.Textbox, new() { Name = "Edited question" }).FillAsync("What is a river?");
        await page.Button("Ask again").ClickAsync();
        await page.ExpectAsync("answer");
        await Expect(page.Turns).ToContainTextAsync("What is a river?");
        await page.Browser.ReloadAsync();
        await Expect(page.Browser.Locator(".versions:visible span")).ToHaveTextAsync("3/3");

        await page.Browser.GetByRole(AriaRole.Searchbox).FillAsync("river");
        await Expect(page.Announcer).ToHaveTextAsync("1 found.");
        await page.Button("Options: What is a volcano?").ClickAsync();
        await page.Button("Rename: What is a volcano?").ClickAsync();
        await page.Browser.Keyboard.TypeAsync("Water and fire");
        await page.Browser.Keyboard.PressAsync("Enter");
        await Expect(links).ToHaveTextAsync(["Water and fire"]);
        await page.Button("Options: Water and fire").ClickAsync();
        var saved = await page.Browser.RunAndWaitForDownloadAsync(() => page.Button("Save as Markdown: Water and fire").ClickAsync());
        Assert.StartsWith("# Water and fire\n", await File.ReadAllTextAsync((await saved.PathAsync())!), StringComparison.Ordinal);
        await page.Button("Delete: Water and fire").ClickAsync();
        await page.Button("Delete it").ClickAsync();

        await Expect(page.Turns).ToHaveCountAsync(0);
        await page.Browser.ReloadAsync();
        await Expect(page.Browser.GetByText("What you ask is kept here.")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task An_unknown_conversation_gives_way_to_a_new_one()
    {
        var page = await OpenAsync("#0123456789abcdef0123456789abcdef");

        await Expect(page.Notice).ToBeVisibleAsync();
        await Expect(page.Notice).ToContainTextAsync("There is no such conversation");
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/page/page.js", "text/javascript")]
    [InlineData("/page/page.css", "text/css")]
    [InlineData("/page/favicon.svg", "image/svg+xml")]
    public async Task A_file_is_served_guarded_and_not_twice(string path, string contentType)
    {
        using var first = await app.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(contentType, first.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none';", Assert.Single(first.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var again = await app.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("/page/nothing.js")]
    [InlineData("/page/..%2fhost.json")]
    [InlineData("/page/%2e%2e%2f%2e%2e%2fhost.json")]
    [InlineData("/host.json")]
    public async Task What_is_not_a_file_of_the_page_is_not_found(string path)
    {
        using var response = await app.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<ChatPage> OpenAsync(string hash = "")
    {
        var page = await chromium.OpenAsync();
        await page.GotoAsync(new Uri(app.Http.BaseAddress!, hash).ToString());
        return new ChatPage(page);
    }
}
