using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>The administrator's dashboard: figures, charts, the key, failed messages.</summary>
public sealed class DashboardTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Requeue = $"POST api/admin/failed/{CannedDashboard.FailedId}/requeue";

    [SkippableFact]
    public async Task Figures_charts_and_those_who_label_at_chance_are_shown()
    {
        var page = await OpenAsync(CannedDashboard.Site());

        await Expect(page.Locator(".tile").First).ToContainTextAsync("30");
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new("Tasks by state: Open 18, .* Closed 142") })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new("Submissions per day: Nov 4 4, .* Nov 17 35") })).ToBeVisibleAsync();
        await Expect(page.Locator("#throughput .bar")).ToHaveCountAsync(14);
        await Expect(page.Locator(".tile").Nth(1)).ToContainTextAsync("153");
        await Expect(page.Locator("#agreement")).ToContainTextAsync("0.71tentative");
        await Expect(page.Locator(".alarm")).ToContainTextAsync("coin-flipper agrees with the others no more than chance would.");
        await Expect(page.Locator("#labelers tbody tr").First).ToContainTextAsync("coin-flipper");
        await Expect(page.Locator("#queues tbody tr").Nth(1)).ToContainTextAsync("2 h 14 min");
        await Expect(page.Locator("#disagreements tbody tr").First).ToContainTextAsync("−0.67");
        await Expect(page.Locator("#feedback")).ToContainTextAsync("214");
        await Expect(page.Locator("#datasets .dot")).ToHaveCountAsync(3);
    }

    [SkippableFact]
    public async Task Where_there_is_nothing_yet_each_part_says_what_it_waits_for()
    {
        var page = await OpenAsync(CannedDashboard.EmptySite());

        await Expect(page.GetByText("There are no tasks yet.")).ToBeVisibleAsync();
        await Expect(page.Locator(".nothing")).ToHaveCountAsync(9);
        await Screens.TakeAsync(page, "dashboard-empty");
    }

    [SkippableFact]
    public async Task The_key_is_asked_for_where_one_is_wanted_and_sent_from_then_on()
    {
        var site = CannedDashboard.Site()
            .Once(CannedDashboard.Overview, 401).Once(CannedDashboard.Failed, 401)
            .Once(CannedDashboard.Overview, 401).Once(CannedDashboard.Failed, 401);
        var page = await OpenAsync(site);
        var box = page.GetByLabel("Key", new() { Exact = true });
        await Expect(page.Locator("#content")).ToBeHiddenAsync();

        await box.FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#key-problem")).ToContainTextAsync("not the right one");
        await Screens.TakeAsync(page, "dashboard-key", isWhole: false);
        await box.FillAsync("right");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".tile").First).ToBeVisibleAsync();
        await Expect(box).ToHaveCountAsync(0);
        Assert.Equal("right", await site.Sent(CannedDashboard.Overview).Last().HeaderValueAsync("x-functions-key"));
        Assert.Equal("right", await page.EvaluateAsync<string>("sessionStorage.getItem('chatloop.adminKey')"));
    }

    [SkippableFact]
    public async Task A_failure_is_said_and_what_was_shown_stays_and_is_renewed()
    {
        var site = CannedDashboard.Site();
        var browser = await chromium.OpenAsync();
        await browser.Clock.InstallAsync();
        await site.OpenAsync(browser, "dashboard");
        await Expect(browser.Locator(".tile").First).ToContainTextAsync("30");

        site.Once(CannedDashboard.Overview, 500, CannedTurns.Error("storage", "The storage does not answer."));
        await browser.Clock.FastForwardAsync(15_000);
        await Expect(browser.GetByRole(AriaRole.Alert)).ToContainTextAsync("The storage does not answer.");
        await Expect(browser.Locator(".tile").First).ToContainTextAsync("30");

        site.On(CannedDashboard.Overview, 200, Changed());
        await browser.Clock.FastForwardAsync(15_000);
        await Expect(browser.Locator(".tile").First).ToContainTextAsync("31");
        await Expect(browser.Locator("#notice")).ToBeHiddenAsync();

        static JsonNode Changed()
        {
            var overview = CannedDashboard.Full();
            overview["tasks"]!["open"] = 19;
            return overview;
        }
    }

    [SkippableFact]
    public async Task A_failed_message_is_shown_repaired_and_requeued()
    {
        var site = CannedDashboard.Site()
            .Once(Requeue, 422, CannedTurns.Error("invalid_message", "K is 12; 2 to 9 answers are drafted."))
            .On(Requeue, 200, new JsonObject());
        var page = await OpenAsync(site);
        await page.GetByText("The prompt is empty").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Seen 3 times");
        await Screens.TakeAsync(page, "dashboard-failed", isWhole: false);

        await dialog.GetByLabel("Message").FillAsync("""{ "k": 4 """);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Requeue repaired" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("is no JSON");
        await dialog.GetByLabel("Message").FillAsync("""{ "k": 4 }""");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Requeue repaired" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("2 to 9 answers");
        site.On(CannedDashboard.Failed, 200, JsonNode.Parse("""{ "messages": [] }"""));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Requeue repaired" }).ClickAsync();

        await Expect(page.GetByText("Nothing waits here")).ToBeVisibleAsync();
        Assert.Equal("""{"message":{"k":4}}""", site.Sent(Requeue).Last().PostData);
    }

    [SkippableFact]
    public async Task A_message_is_requeued_as_it_is_and_discarded_only_with_a_reason()
    {
        const string discard = "DELETE api/admin/failed/bbbb?reason=a%20test";
        var site = CannedDashboard.Site().On(Requeue, 200, new JsonObject()).On(discard, 200, new JsonObject());
        var page = await OpenAsync(site);
        var dialog = page.GetByRole(AriaRole.Dialog);

        await page.GetByText("The prompt is empty").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Requeue" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.Null(site.Sent(Requeue).Single().PostData);

        await page.GetByText("The message is not JSON.").ClickAsync();
        await Expect(dialog.GetByLabel("Message")).ToHaveValueAsync("{ broken <b>");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say why");
        await dialog.GetByLabel("Reason").FillAsync("a test");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.Single(site.Sent(discard));
    }

    [SkippableFact]
    public async Task All_of_a_queue_are_requeued_and_those_that_would_fail_again_are_named()
    {
        var site = CannedDashboard.Site().On("POST api/admin/failed/requeue?queue=labeling-tasks", 200, JsonNode.Parse("""{ "requeued": 4, "skipped": ["x"] }"""));
        var page = await OpenAsync(site);

        await page.GetByRole(AriaRole.Button, new() { Name = "Requeue all of labeling-tasks" }).ClickAsync();

        await Expect(page.Locator("#notice")).ToContainTextAsync("4 messages of labeling-tasks requeued; 1 message would fail again");
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_stands_out_from_its_ground_in_light_and_in_dark(ColorScheme scheme)
    {
        var page = await OpenAsync(CannedDashboard.Site(), new() { ColorScheme = scheme, ViewportSize = new() { Width = 1280, Height = 900 } });
        await Expect(page.Locator("#throughput .bar")).ToHaveCountAsync(14);

        await Contrast.ExpectAsync(page, ".pages a", ".tile *", ".card h2", "#fresh", ".legend li *:not(i)", ".kinds li", "th", "td", "td *", ".figures dt", ".figures dd *", ".alarm", ".tally dt", ".chip", ".failed-reason", ".button", ".quiet-text");
        await Screens.TakeAsync(page, $"dashboard-{scheme}".ToLowerInvariant());
    }

    [SkippableFact]
    public async Task At_phone_width_nothing_scrolls_sideways()
    {
        var page = await OpenAsync(CannedDashboard.Site(), Phone.Options());
        await Expect(page.Locator("#throughput .bar")).ToHaveCountAsync(14);

        await Phone.ExpectNoSidewaysScrollAsync(page);
        await Screens.TakeAsync(page, "dashboard-phone");
    }

    private async Task<IPage> OpenAsync(CannedSite site, BrowserNewContextOptions? options = null)
    {
        var page = await chromium.OpenAsync(options);
        await site.OpenAsync(page, "dashboard");
        return page;
    }
}
