using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Lost connections, refusals, leases that run out, and a labeler that nobody knows.</summary>
public sealed class LabelingTroubleTests(Chromium chromium) : IClassFixture<Chromium>
{
    private readonly CannedSite site = CannedLabeling.Site(CannedLabeling.Task("rank", ["One.", "Two."]));

    [SkippableFact]
    public async Task A_retry_has_the_same_id_so_that_it_counts_once_and_other_ranks_have_another()
    {
        site.OnceNothing(CannedLabeling.Submit).OnceNothing(CannedLabeling.Submit).On(CannedLabeling.Submit, 200, CannedLabeling.Accepted("submitted"));
        var page = await RankedAsync();

        await page.Submit.ClickAsync();
        await Expect(page.Browser.GetByText("could not be reached")).ToBeVisibleAsync();
        await page.Button("Try again").ClickAsync();
        await Expect(page.Browser.GetByText("could not be reached")).ToBeVisibleAsync();
        await page.PressAsync("B", "1");
        await page.SubmitRanksAsync(site);

        string[] ids = [.. site.Sent(CannedLabeling.Submit).Select(request => ChatApi.Text(JsonNode.Parse(request.PostData!)!, "id"))];
        Assert.Equal(3, ids.Length);
        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[1], ids[2]);
    }

    [SkippableTheory]
    [InlineData(410, "no_free_place", "Your time for this task was over, and others have taken your place.")]
    [InlineData(409, "closed", "Enough people have labeled this task.")]
    public async Task A_refusal_is_shown_in_the_servers_words_and_the_next_task_is_offered(int status, string code, string words)
    {
        site.On(CannedLabeling.Submit, status, CannedTurns.Error(code, words));
        var page = await RankedAsync();

        await page.Submit.ClickAsync();

        await Expect(page.Browser.GetByText(words)).ToBeVisibleAsync();
        site.On(CannedLabeling.Next, 204);
        await page.Button("Next task").ClickAsync();
        await Expect(page.Title("Nothing to do")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task What_is_invalid_is_said_and_can_be_mended()
    {
        site.Once(CannedLabeling.Submit, 422, CannedTurns.Error("invalid", "There are 2 ranks for 3 answers.")).On(CannedLabeling.Submit, 200, CannedLabeling.Accepted("submitted"));
        var page = await RankedAsync();

        await page.Submit.ClickAsync();
        await Expect(page.Browser.GetByText("There are 2 ranks for 3 answers.")).ToBeVisibleAsync();

        await page.SubmitRanksAsync(site);
    }

    [SkippableFact]
    public async Task The_end_of_the_lease_is_counted_down_warned_of_and_said()
    {
        site.On(CannedLabeling.Next, 200, CannedLabeling.Task("rank", ["One.", "Two."], DateTimeOffset.UtcNow.AddSeconds(200)))
            .On(CannedLabeling.Submit, 200, CannedLabeling.Accepted("submitted"));
        var browser = await chromium.OpenAsync();
        await browser.Clock.InstallAsync();
        var page = await LabelingPage.OpenAsync(site, browser);
        await Expect(page.Announcer).ToHaveTextAsync("Less than five minutes are left for this task.");
        await page.Card("A").ClickAsync();
        await page.Card("B").ClickAsync();

        await browser.Clock.FastForwardAsync(145_000);
        await Expect(browser.GetByText("Less than a minute is left for this task.")).ToBeVisibleAsync();
        await browser.Clock.FastForwardAsync(60_000);

        await Expect(browser.GetByText("Time is over", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(browser.GetByText("still counts if nobody else has taken your place")).ToBeVisibleAsync();
        await Expect(page.Button("Take another task")).ToBeVisibleAsync();
        await Screens.TakeAsync(browser, "labeling-time-over");
        await page.SubmitRanksAsync(site);
    }

    [SkippableFact]
    public async Task A_labeler_that_nobody_knows_is_asked_for_a_name_which_is_kept_and_sent()
    {
        site.Once(CannedLabeling.Leases, 401, CannedTurns.Error("unknown_user", "Send the header X-User-Id: this needs to know who you are."));
        var page = await LabelingPage.OpenAsync(site, await chromium.OpenAsync(), labeler: null);
        var name = page.Browser.GetByLabel("Your name or id");

        await name.FillAsync("ann of green gables");
        await page.Button("Start labeling").ClickAsync();
        await Expect(page.Browser.GetByText("Use 1 to 128 letters, digits")).ToBeVisibleAsync();
        await Screens.TakeAsync(page.Browser, "labeling-who", isWhole: false);
        await name.FillAsync("ann");
        await page.Button("Start labeling").ClickAsync();

        await Expect(page.Button("Labeling as ann")).ToBeVisibleAsync();
        await Expect(page.Title("Rank the answers")).ToBeVisibleAsync();
        Assert.Equal("ann", await page.Browser.EvaluateAsync<string>("localStorage.getItem('chatloop.user')"));
        Assert.Equal("ann", await site.Sent(CannedLabeling.Next).Last().HeaderValueAsync("X-User-Id"));
    }

    [SkippableFact]
    public async Task Too_many_held_tasks_are_said_and_shown()
    {
        site.Once(CannedLabeling.Leases, 200, JsonNode.Parse("""{ "tasks": [] }"""))
            .On(CannedLabeling.Leases, 200, new JsonObject { ["tasks"] = new JsonArray(CannedLabeling.Task("rank", ["One.", "Two."])) })
            .On(CannedLabeling.Next, 409, CannedTurns.Error("too_many_leases", "You hold 3 tasks, and 3 are the most: submit or skip one first."));
        var page = await LabelingPage.OpenAsync(site, await chromium.OpenAsync());
        await Expect(page.Title("You hold as many tasks as you may")).ToBeVisibleAsync();

        await page.Button("Show one of them").ClickAsync();

        await Expect(page.Title("Rank the answers")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_task_that_cannot_be_loaded_now_can_be_loaded_later()
    {
        site.OnceNothing(CannedLabeling.Leases);
        var page = await LabelingPage.OpenAsync(site, await chromium.OpenAsync());
        await Expect(page.Title("No task could be loaded")).ToBeVisibleAsync();

        await page.Button("Try again").ClickAsync();

        await Expect(page.Title("Rank the answers")).ToBeVisibleAsync();
    }

    private async Task<LabelingPage> RankedAsync()
    {
        var page = await LabelingPage.OpenAsync(site, await chromium.OpenAsync());
        await page.Card("A").ClickAsync();
        await page.Card("B").ClickAsync();
        await page.ExpectRankingAsync("A", "B");
        return page;
    }
}
