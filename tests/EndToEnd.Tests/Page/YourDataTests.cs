using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Consent, export and deletion on the page, against canned answers of the API.</summary>
public sealed class YourDataTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string User = "X-User-Id";

    [SkippableFact]
    public async Task Every_request_says_who_asks_and_a_reload_is_the_same_user()
    {
        var api = new CannedApi()
            .Then(200, CannedTurns.Answered("One?", "First."))
            .Then(200, CannedTurns.Conversation(CannedTurns.Answered("One?", "First.")));
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await page.AskAsync("One?");
        await page.ExpectAnswerAsync("First.");

        await page.Browser.ReloadAsync();
        await page.ExpectAnswerAsync("First.");

        var id = Assert.Single(api.Requests.Concat(api.Others).Select(request => request.Headers[User.ToLowerInvariant()]).Distinct());
        Assert.InRange(id.Length, 32, 128);
    }

    [SkippableFact]
    public async Task The_switch_shows_and_sets_the_consent()
    {
        var api = Api();
        var page = await OpenAsync(api);
        var allow = page.Browser.GetByRole(AriaRole.Switch);
        await Expect(allow).ToBeEnabledAsync();
        await Expect(allow).Not.ToBeCheckedAsync();
        api.OtherReplies["PUT /api/users/me/consent"] = (200, new JsonObject { ["allowDataUse"] = true });

        await allow.ClickAsync();

        await Expect(page.Browser.GetByText("may be used for training")).ToBeVisibleAsync();
        await Expect(allow).ToBeCheckedAsync();
        Assert.True((bool)JsonNode.Parse(api.Others[^1].PostData!)!["allowDataUse"]!);
    }

    [SkippableFact]
    public async Task A_consent_that_was_not_taken_is_not_shown_as_given()
    {
        var api = Api();
        var page = await OpenAsync(api);
        var allow = page.Browser.GetByRole(AriaRole.Switch);
        await Expect(allow).ToBeEnabledAsync();
        api.OtherReplies["PUT /api/users/me/consent"] = (503, CannedTurns.Error("starting", "ChatLoop is starting."));

        await allow.ClickAsync();

        await Expect(page.Browser.GetByText("ChatLoop is starting.")).ToBeVisibleAsync();
        await Expect(allow).Not.ToBeCheckedAsync();
    }

    [SkippableFact]
    public async Task Everything_can_be_taken_along_as_a_file()
    {
        var api = Api();
        api.OtherReplies["GET /api/users/me/export"] = (200, JsonNode.Parse("""{ "userId": "ann", "conversations": [{ "id": "1" }] }""")!);
        var page = await OpenAsync(api);

        var download = await page.Browser.RunAndWaitForDownloadAsync(() => page.Button("Export my data").ClickAsync());

        Assert.Equal("chatloop-export.json", download.SuggestedFilename);
        var file = JsonNode.Parse(await File.ReadAllTextAsync((await download.PathAsync())!))!;
        Assert.Equal("1", (string?)file["conversations"]![0]!["id"]);
    }

    [SkippableFact]
    public async Task Deleting_asks_first_shows_what_is_gone_and_makes_a_new_user()
    {
        var api = Api().Then(200, CannedTurns.Answered("One?", "First."));
        api.OtherReplies["DELETE /api/users/me"] = (202, JsonNode.Parse("""{ "purgeId": "p1", "statusUrl": "/api/users/me/purges/p1" }""")!);
        api.OtherReplies["GET /api/users/me/purges/p1"] = (200, JsonNode.Parse("""
            { "purgeId": "p1", "status": "completed", "deleted": { "conversations": 2, "judgements": 1 }, "remaining": { "conversations": 0, "judgements": 0 } }
            """)!);
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await page.AskAsync("One?");
        await page.ExpectAnswerAsync("First.");
        await page.Button("Your data").ClickAsync();

        await page.Button("Delete my data").ClickAsync();
        await Expect(page.Button("Keep them")).ToBeFocusedAsync();
        await page.Button("Delete everything").ClickAsync();

        await Expect(page.Browser.GetByText("Deleted: 2 conversations, 1 judgement. Nothing is left.")).ToBeVisibleAsync();
        await Expect(page.Turns).ToHaveCountAsync(0);
        await Expect(page.Browser).ToHaveURLAsync(CannedApi.Address);
        await page.Button("Close").ClickAsync();
        await page.Button("Your data").ClickAsync();
        await Expect(page.Browser.GetByRole(AriaRole.Switch)).ToBeEnabledAsync();
        Assert.Equal(2, api.Others.Select(request => request.Headers[User.ToLowerInvariant()]).Distinct().Count());
    }

    [SkippableFact]
    public async Task What_could_not_be_deleted_is_named()
    {
        var api = Api();
        api.OtherReplies["DELETE /api/users/me"] = (202, JsonNode.Parse("""{ "purgeId": "p1", "statusUrl": "/api/users/me/purges/p1" }""")!);
        api.OtherReplies["GET /api/users/me/purges/p1"] = (200, JsonNode.Parse("""{ "purgeId": "p1", "status": "incomplete", "deleted": {}, "remaining": { "judgements": 1 } }""")!);
        var page = await OpenAsync(api);

        await page.Button("Delete my data").ClickAsync();
        await page.Button("Delete everything").ClickAsync();

        await Expect(page.Browser.GetByText("Not everything could be deleted: 1 judgement left.")).ToBeVisibleAsync();
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_dialog_fits_a_phone_and_stands_out_and_escape_closes_it(ColorScheme scheme)
    {
        var page = await OpenAsync(Api(), new() { ViewportSize = new() { Width = 360, Height = 640 }, ColorScheme = scheme });

        foreach (var selector in (string[])[".dialog h2", ".dialog span", ".dialog .small", ".dialog .button"])
        {
            foreach (var text in await page.Browser.Locator(selector).Filter(new() { Visible = true }).AllAsync())
                Assert.True(await Contrast.OfAsync(text) >= 4.5, $"{selector} has a contrast of {await Contrast.OfAsync(text):F2}.");
        }

        Assert.Equal(360, await page.Browser.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.Browser.Keyboard.PressAsync("Escape");
        await Expect(page.Browser.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Expect(page.Button("Your data")).ToBeFocusedAsync();
    }

    private static CannedApi Api()
    {
        var api = new CannedApi();
        api.OtherReplies["GET /api/users/me/consent"] = (200, new JsonObject { ["allowDataUse"] = false });
        return api;
    }

    private async Task<ChatPage> OpenAsync(CannedApi api, BrowserNewContextOptions? options = null)
    {
        var page = await api.OpenAsync(await chromium.OpenAsync(options));
        await page.Button("Your data").ClickAsync();
        return page;
    }
}
