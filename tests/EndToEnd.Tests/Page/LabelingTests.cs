using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>The other kinds of task, and what becomes of a task: submitted, changed, skipped, kept over a reload.</summary>
public sealed class LabelingTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task Rating_takes_three_scales_an_answer_and_can_be_done_with_the_keyboard()
    {
        var (site, page) = await OpenAsync("rate", CannedLabeling.FourAnswers[0], CannedLabeling.FourAnswers[1]);
        var scales = page.Browser.Locator("fieldset");
        await Expect(scales).ToHaveCountAsync(6);

        for (var scale = 0; scale < 6; scale++)
        {
            await scales.Nth(scale).GetByRole(AriaRole.Radio).First.FocusAsync();
            await page.Browser.Keyboard.PressAsync("Space");
            for (var step = 0; step < scale; step++) await page.Browser.Keyboard.PressAsync("ArrowRight");
        }
        await Screens.TakeAsync(page.Browser, "labeling-rate");
        await page.Submit.ClickAsync();

        await Expect(page.Title("Thank you: that counts.")).ToBeVisibleAsync();
        Assert.Equal("""[{"helpful":1,"honest":2,"harmless":3},{"helpful":4,"honest":5,"harmless":6}]""", site.Said(CannedLabeling.Submit)["ratings"]!.ToJsonString());
    }

    [SkippableFact]
    public async Task Writing_counts_characters_and_sends_the_text_with_the_comment()
    {
        var (site, page) = await OpenAsync("write");
        await Expect(page.Browser.GetByText("The answer is empty.")).ToBeVisibleAsync();

        await page.Browser.GetByLabel("Your answer").FillAsync(new string('a', 16_001));
        await Expect(page.Browser.GetByText("The answer is 1 characters too long.")).ToBeVisibleAsync();
        await page.Browser.GetByLabel("Your answer").FillAsync("A mountain with a hole in it.\nFire comes out.");
        await Expect(page.Browser.GetByText("45 / 16,000 characters")).ToBeVisibleAsync();
        await page.Browser.GetByText("Add a comment").ClickAsync();
        await page.Browser.GetByLabel("Comment").FillAsync("For a child.");
        await Screens.TakeAsync(page.Browser, "labeling-write");
        await page.Browser.Keyboard.PressAsync("Control+Enter");

        await Expect(page.Title("Thank you: that counts.")).ToBeVisibleAsync();
        Assert.Equal("A mountain with a hole in it.\nFire comes out.", ChatApi.Text(site.Said(CannedLabeling.Submit), "text"));
        Assert.Equal("For a child.", ChatApi.Text(site.Said(CannedLabeling.Submit), "comment"));
    }

    [SkippableFact]
    public async Task Flagging_takes_categories_or_that_nothing_is_wrong_but_not_both()
    {
        var (site, page) = await OpenAsync("flag", "Mix the two and light it.");
        var nothing = page.Browser.GetByLabel("Nothing is wrong");
        await Expect(page.Browser.GetByText("Choose what is wrong, or that nothing is.")).ToBeVisibleAsync();

        await nothing.CheckAsync();
        await page.Browser.GetByLabel("Violence", new() { Exact = true }).CheckAsync();
        await Expect(nothing).Not.ToBeCheckedAsync();
        await page.Browser.GetByLabel("Illicit activity", new() { Exact = true }).CheckAsync();
        await Screens.TakeAsync(page.Browser, "labeling-flag");
        await page.Submit.ClickAsync();

        await Expect(page.Title("Thank you: that counts.")).ToBeVisibleAsync();
        Assert.Equal("""["illicit","violence"]""", site.Said(CannedLabeling.Submit)["categories"]!.ToJsonString());
    }

    [SkippableFact]
    public async Task An_answer_with_nothing_wrong_is_sent_as_an_empty_list()
    {
        var (site, page) = await OpenAsync("flag", "A mountain.");

        await page.Browser.GetByLabel("Nothing is wrong").CheckAsync();
        await page.Submit.ClickAsync();

        await Expect(page.Title("Thank you: that counts.")).ToBeVisibleAsync();
        Assert.Equal("[]", site.Said(CannedLabeling.Submit)["categories"]!.ToJsonString());
    }

    [SkippableFact]
    public async Task A_submission_can_be_changed_until_the_next_task_and_counts_as_another_one()
    {
        var (site, page) = await OpenAsync("rank", "One.", "Two.");
        await page.Card("A").ClickAsync();
        await page.Card("B").ClickAsync();
        Assert.Equal("[1,2]", await page.SubmitRanksAsync(site));

        await page.Button("Change my labels").ClickAsync();
        await page.ExpectRankingAsync("A", "B");
        await page.PressAsync("B", "1");
        Assert.Equal("[2,1]", await page.SubmitRanksAsync(site));

        var ids = site.Sent(CannedLabeling.Submit).Select(request => ChatApi.Text(System.Text.Json.Nodes.JsonNode.Parse(request.PostData!)!, "id")).ToArray();
        Assert.Equal(2, ids.Distinct().Count());
    }

    [SkippableFact]
    public async Task A_closed_task_cannot_be_changed_and_the_next_one_follows()
    {
        var (site, page) = await OpenAsync("rank", "One.", "Two.");
        site.On(CannedLabeling.Submit, 200, CannedLabeling.Accepted("closed"));
        await page.Card("A").ClickAsync();
        await page.Card("B").ClickAsync();
        await page.SubmitRanksAsync(site);
        await Expect(page.Button("Change my labels")).ToHaveCountAsync(0);
        site.On(CannedLabeling.Next, 204);

        await page.Button("Next task").ClickAsync();

        await Expect(page.Title("Nothing to do")).ToBeVisibleAsync();
        await Screens.TakeAsync(page.Browser, "labeling-nothing");
    }

    [SkippableFact]
    public async Task A_skipped_task_is_given_back_with_its_reason()
    {
        var (site, page) = await OpenAsync("rank", "One.", "Two.");
        site.On(CannedLabeling.Skip, 200).On(CannedLabeling.Next, 204);
        await page.Button("Skip…").ClickAsync();
        var dialog = page.Browser.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skip" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Choose a reason.");
        await dialog.GetByLabel("Another reason, as the comment says").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skip" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say in the comment");
        await Screens.TakeAsync(page.Browser, "labeling-skip", isWhole: false);

        await dialog.GetByLabel("It takes knowledge that I do not have").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skip" }).ClickAsync();

        await Expect(page.Title("Nothing to do")).ToBeVisibleAsync();
        Assert.Equal("""{"reason":"tooHard"}""", site.Said(CannedLabeling.Skip).ToJsonString());
    }

    [SkippableFact]
    public async Task Work_in_progress_survives_a_reload_and_what_is_held_comes_first()
    {
        var (site, page) = await OpenAsync("rank", CannedLabeling.FourAnswers);
        await page.Card("C").ClickAsync();
        await page.Card("A").ClickAsync();
        await page.PressAsync("A", "=");
        await page.Browser.GetByText("Add a comment").ClickAsync();
        await page.Browser.GetByLabel("Comment").FillAsync("Both are fine.");
        site.On(CannedLabeling.Leases, 200, new System.Text.Json.Nodes.JsonObject { ["tasks"] = new System.Text.Json.Nodes.JsonArray(CannedLabeling.Task("rank", CannedLabeling.FourAnswers)) });
        site.On(CannedLabeling.Next, 204);

        await page.Browser.ReloadAsync();

        await page.ExpectRankingAsync("AC");
        await Expect(page.Browser.GetByLabel("Comment")).ToHaveValueAsync("Both are fine.");
        Assert.Single(site.Sent(CannedLabeling.Next));
    }

    private async Task<(CannedSite Site, LabelingPage Page)> OpenAsync(string kind, params string[] answers)
    {
        var site = CannedLabeling.Site(CannedLabeling.Task(kind, answers)).On(CannedLabeling.Submit, 200, CannedLabeling.Accepted("submitted"));
        var page = await LabelingPage.OpenAsync(site, await chromium.OpenAsync());
        await Expect(page.Submit).ToBeVisibleAsync();
        return (site, page);
    }
}
