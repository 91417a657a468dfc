using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>The page of improvements: runs, stages, gates, approval, versions of the model.</summary>
public sealed class ImprovementsTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Start = "POST api/improvements";
    private const string SetCurrent = "POST api/models/current";

    [SkippableFact]
    public async Task A_run_is_shown_stage_by_stage_with_the_time_that_runs()
    {
        var browser = await chromium.OpenAsync();
        await browser.Clock.InstallAsync(new() { TimeDate = DateTime.Parse("2026-11-20T09:03:42Z", System.Globalization.CultureInfo.InvariantCulture) });
        await CannedImprovements.Site(CannedImprovements.Training()).OpenAsync(browser, "improvements");
        var stages = browser.GetByRole(AriaRole.List, new() { Name = "Stages" }).GetByRole(AriaRole.Listitem);

        await Expect(stages).ToHaveCountAsync(6);
        await Expect(stages.Nth(0)).ToContainTextAsync("42 s");
        await Expect(stages.Nth(0)).ToContainTextAsync("642 comparisons");
        await Expect(stages.Nth(1)).ToContainTextAsync("running3 min");
        await browser.Clock.FastForwardAsync(180_000);
        await Expect(stages.Nth(1)).ToContainTextAsync("running6 min");
        await Expect(stages.Nth(2)).ToContainTextAsync("pending");
        await Expect(browser.GetByRole(AriaRole.Button, new() { Name = "Approve and serve" })).ToHaveCountAsync(0);
        await Screens.TakeAsync(browser, "improvements-running");
    }

    [SkippableFact]
    public async Task Gates_figures_and_the_report_stand_beside_the_decision_which_is_sent_with_its_comment()
    {
        var site = CannedImprovements.Site(CannedImprovements.Awaiting()).On(CannedImprovements.Decide, 202, new JsonObject());
        var page = await OpenAsync(site);
        await Expect(page.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", "Win rate against the serving model: 62.4 %, 95 % interval 56.1 % to 68.3 %, on 240 prompts");
        await Expect(page.Locator(".gates tbody tr")).ToHaveCountAsync(4);
        await Expect(page.Locator(".gates tbody tr").Nth(1)).ToContainTextAsync("0.561");
        await Expect(page.Locator(".measures")).ToContainTextAsync("6.2 nats");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "The trainer’s report" })).ToHaveAttributeAsync("href", $"api/improvements/{CannedImprovements.RunId}/report");

        await page.GetByLabel("Comment (optional)").FillAsync("Reads better.");
        site.On(CannedImprovements.Read, 200, CannedImprovements.Decided());
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve and serve" }).ClickAsync();

        await Expect(page.Locator(".decision")).ToContainTextAsync("approved by ann");
        Assert.Equal("""{"decision":"approve","comment":"Reads better."}""", site.Said(CannedImprovements.Decide).ToJsonString());
    }

    [SkippableFact]
    public async Task A_comment_that_is_being_written_survives_the_polling_and_a_refusal_is_said()
    {
        var site = CannedImprovements.Site(CannedImprovements.Awaiting())
            .On(CannedImprovements.Decide, 409, CannedTurns.Error("not_awaiting_approval", "The improvement does not wait for an approval."));
        var browser = await chromium.OpenAsync();
        await browser.Clock.InstallAsync();
        await site.OpenAsync(browser, "improvements");
        await browser.GetByLabel("Comment (optional)").FillAsync("I am still");

        // The second poll begins after the first one has been shown.
        for (var poll = 0; poll < 2; poll++)
            await browser.RunAndWaitForResponseAsync(() => browser.Clock.FastForwardAsync(6000), response => response.Url.EndsWith("/api/models", StringComparison.Ordinal));
        await Expect(browser.GetByLabel("Comment (optional)")).ToHaveValueAsync("I am still");
        await Expect(browser.GetByLabel("Comment (optional)")).ToBeFocusedAsync();

        await browser.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await Expect(browser.Locator(".approval .problem")).ToHaveTextAsync("The improvement does not wait for an approval.");
        await Expect(browser.GetByRole(AriaRole.Button, new() { Name = "Reject" })).ToBeEnabledAsync();
    }

    [SkippableFact]
    public async Task A_run_of_the_list_is_opened_and_says_which_gate_held_it()
    {
        var page = await OpenAsync(CannedImprovements.Site(CannedImprovements.Training()));

        await page.Locator(".run-link").Nth(1).ClickAsync();

        await Expect(page.Locator(".run-message")).ToHaveTextAsync("A gate was not passed, so nothing is published.");
        await Expect(page.Locator(".stage.failed")).ToContainTextAsync("must be above 0.5");
        await Expect(page.Locator(".gates tbody tr").Nth(1)).ToContainTextAsync("not passed");
        Assert.EndsWith("#run-1", page.Url, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_run_is_started_with_its_reason_and_shown()
    {
        var site = CannedImprovements.EmptySite()
            .Once(Start, 409, CannedTurns.Error("training_not_set_up", "Set Improvement:TrainerPath."))
            .On(Start, 202, JsonNode.Parse($$"""{ "runId": "{{CannedImprovements.RunId}}", "statusUrl": "x" }"""))
            .On(CannedImprovements.Read, 200, CannedImprovements.Training());
        var page = await OpenAsync(site);
        await Expect(page.GetByText("The loop has not run yet")).ToBeVisibleAsync();
        await Screens.TakeAsync(page, "improvements-empty");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start an improvement…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("Shorter answers");
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Set Improvement:TrainerPath.");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Train and evaluate" })).ToBeVisibleAsync();
        Assert.Equal("""{"reason":"Shorter answers"}""", site.Sent(Start).Last().PostData);
    }

    [SkippableFact]
    public async Task Another_version_serves_after_a_yes()
    {
        var site = CannedImprovements.Site(CannedImprovements.Decided()).On(SetCurrent, 200, new JsonObject());
        var page = await OpenAsync(site);
        await Expect(page.Locator(".model").First).ToContainTextAsync("current");

        await page.GetByRole(AriaRole.Button, new() { Name = "Serve this version" }).ClickAsync();
        Assert.Empty(site.Sent(SetCurrent));
        site.On(CannedImprovements.Models, 200, CannedImprovements.Versions("shipped"));
        await page.GetByLabel("Reason (optional)").FillAsync("worse answers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Serve it" }).ClickAsync();

        await Expect(page.Locator(".model").Last).ToContainTextAsync("current");
        Assert.Equal("""{"version":"shipped","reason":"worse answers"}""", site.Said(SetCurrent).ToJsonString());
    }

    [SkippableFact]
    public async Task A_failure_and_a_run_that_is_not_there_are_said()
    {
        var site = CannedImprovements.Site(CannedImprovements.Training())
            .Once(CannedImprovements.List, 503, CannedTurns.Error("storage", "The storage does not answer."))
            .On("GET api/improvements/none", 404, CannedTurns.Error("not_found", "There is no such improvement."));
        var page = await OpenAsync(site, path: "improvements#none");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The storage does not answer.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is no such improvement" })).ToBeVisibleAsync();
        await Expect(page.Locator("#notice")).ToBeHiddenAsync();
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_stands_out_from_its_ground_in_light_and_in_dark(ColorScheme scheme)
    {
        var page = await OpenAsync(CannedImprovements.Site(CannedImprovements.Awaiting()), new() { ColorScheme = scheme, ViewportSize = new() { Width = 1280, Height = 900 } });
        await Expect(page.Locator(".interval svg text")).ToHaveCountAsync(5);

        await Contrast.ExpectAsync(page, ".run-link *", ".chip", ".button", ".model code", ".small", ".stage-name", ".stage-time", ".stage-message", "th", "td", ".gate-message", ".measures dt", ".measures dd", ".approval *");
        await Screens.TakeAsync(page, $"improvements-{scheme}".ToLowerInvariant());
    }

    [SkippableFact]
    public async Task At_phone_width_nothing_scrolls_sideways()
    {
        var page = await OpenAsync(CannedImprovements.Site(CannedImprovements.Awaiting()), Phone.Options());
        await Expect(page.Locator(".interval svg text")).ToHaveCountAsync(5);

        await Phone.ExpectNoSidewaysScrollAsync(page);
        await Screens.TakeAsync(page, "improvements-phone");
    }

    private async Task<IPage> OpenAsync(CannedSite site, BrowserNewContextOptions? options = null, string path = "improvements")
    {
        var page = await chromium.OpenAsync(options);
        await site.OpenAsync(page, path);
        return page;
    }
}
