using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Ranking by drag, by click and by keyboard alone.</summary>
public sealed class RankingTests(Chromium chromium) : IClassFixture<Chromium>
{
    private readonly CannedSite site = CannedLabeling.Site(CannedLabeling.Task("rank", CannedLabeling.FourAnswers))
        .On(CannedLabeling.Submit, 200, CannedLabeling.Accepted("leased", 1.2, -0.4, 2.1, -1.8));

    [SkippableFact]
    public async Task Clicks_give_the_ranks_one_after_the_other()
    {
        var page = await OpenAsync();

        foreach (var letter in (string[])["C", "A", "B", "D"]) await page.Card(letter).ClickAsync();

        await page.ExpectRankingAsync("C", "A", "B", "D");
        Assert.Equal("[2,3,1,4]", await page.SubmitRanksAsync(site));
    }

    [SkippableFact]
    public async Task Keys_alone_rank_tie_take_out_and_submit()
    {
        var page = await OpenAsync();

        await page.PressAsync("A", "Enter");
        await page.PressAsync("B", "1");
        await page.PressAsync("C", "2");
        await page.ExpectRankingAsync("B", "C", "A");
        await Expect(page.Announcer).ToHaveTextAsync("Answer C, rank 2 of 3");
        await page.PressAsync("C", "ArrowUp");
        await page.ExpectRankingAsync("C", "B", "A");
        await page.PressAsync("D", "ArrowUp");
        await page.PressAsync("D", "=");
        await page.ExpectRankingAsync("C", "B", "AD");
        await Expect(page.Announcer).ToHaveTextAsync("Answer D, rank 3 of 3, tied with A");
        await page.PressAsync("B", "Delete");
        await page.ExpectRankingAsync("C", "AD");
        await page.PressAsync("B", "Enter", "ArrowUp");
        await page.ExpectRankingAsync("C", "B", "AD");
        await Expect(page.Card("B")).ToBeFocusedAsync();
        await page.Browser.Keyboard.PressAsync("Control+Enter");

        await Expect(page.Title("Thank you: that counts.")).ToBeFocusedAsync();
        Assert.Equal("[3,2,1,3]", site.Said(CannedLabeling.Submit)["ranks"]!.ToJsonString());
    }

    [SkippableFact]
    public async Task A_card_of_a_tie_leaves_it_upwards_downwards_and_by_the_same_key()
    {
        var page = await OpenAsync();
        foreach (var letter in (string[])["A", "B", "C"]) await page.Card(letter).ClickAsync();
        await page.PressAsync("B", "=");
        await page.ExpectRankingAsync("AB", "C");

        await page.PressAsync("B", "=");
        await page.ExpectRankingAsync("A", "B", "C");
        await page.PressAsync("B", "=", "ArrowUp");
        await page.ExpectRankingAsync("B", "A", "C");
        await page.PressAsync("A", "=", "ArrowDown");
        await page.ExpectRankingAsync("B", "A", "C");
    }

    [SkippableFact]
    public async Task A_drag_ranks_before_after_and_onto_another()
    {
        var page = await OpenAsync();
        await page.Card("A").ClickAsync();

        await page.DragAsync("B", "A", 0.1);
        await page.ExpectRankingAsync("B", "A");
        await page.DragAsync("C", "A", 0.9);
        await page.ExpectRankingAsync("B", "A", "C");
        await page.DragAsync("D", "A", 0.5);
        await page.ExpectRankingAsync("B", "AD", "C");
        await page.DragAsync("C", "B", 0.1);

        await page.ExpectRankingAsync("C", "B", "AD");
        Assert.Equal("[3,2,1,3]", await page.SubmitRanksAsync(site));
    }

    [SkippableFact]
    public async Task A_drag_of_the_first_card_onto_the_empty_ranking_ranks_it()
    {
        var page = await OpenAsync(new() { ViewportSize = new() { Width = 1280, Height = 1200 } });
        var card = (await page.Card("D").BoundingBoxAsync())!;
        var target = (await page.Browser.GetByText("The best answer goes here.").BoundingBoxAsync())!;

        await page.Browser.Mouse.MoveAsync(card.X + 60, card.Y + 15);
        await page.Browser.Mouse.DownAsync();
        await page.Browser.Mouse.MoveAsync(target.X + 60, target.Y + 10, new() { Steps = 5 });
        await Screens.TakeAsync(page.Browser, "labeling-drag", isWhole: false);
        await page.Browser.Mouse.UpAsync();

        await page.ExpectRankingAsync("D");
    }

    [SkippableFact]
    public async Task A_finger_drags_a_card_by_its_head()
    {
        var page = await OpenAsync(Phone.Options());
        await page.Card("A").TapAsync();
        await page.Card("B").TapAsync();
        await page.ExpectRankingAsync("A", "B");

        await Phone.DragAsync(page.Browser, page.Card("B").Locator(".grip"), page.Card("A"), 0.1);

        await page.ExpectRankingAsync("B", "A");
    }

    [SkippableFact]
    public async Task Undo_and_redo_go_through_the_moves_by_key_and_by_button()
    {
        var page = await OpenAsync();
        await page.Card("A").ClickAsync();
        await page.Card("B").ClickAsync();
        await page.PressAsync("B", "=");
        await page.ExpectRankingAsync("AB");

        await page.Browser.Keyboard.PressAsync("Control+z");
        await page.ExpectRankingAsync("A", "B");
        await page.Button("Undo").ClickAsync();
        await page.ExpectRankingAsync("A");
        await Expect(page.Announcer).ToHaveTextAsync("Undone. The order is A.");
        await page.Button("Redo").ClickAsync();
        await page.ExpectRankingAsync("A", "B");
        await page.Browser.Keyboard.PressAsync("Control+Shift+z");
        await page.ExpectRankingAsync("AB");
    }

    [SkippableFact]
    public async Task What_is_not_ranked_wholly_is_not_submitted_and_the_page_says_what_is_missing()
    {
        var page = await OpenAsync();
        await page.Card("A").ClickAsync();
        await page.Card("C").ClickAsync();

        await page.Submit.ClickAsync(new() { Force = true });

        await Expect(page.Announcer).ToHaveTextAsync("2 answers have no rank yet.");
        await Expect(page.Card("B")).ToBeFocusedAsync();
        Assert.Empty(site.Sent(CannedLabeling.Submit));
    }

    [SkippableFact]
    public async Task The_models_scores_are_shown_beside_ones_own_order_after_the_submission_only()
    {
        var page = await OpenAsync();
        foreach (var letter in (string[])["A", "C", "B", "D"]) await page.Card(letter).ClickAsync();
        await Expect(page.Browser.GetByText("chatloop-reward-1")).ToHaveCountAsync(0);

        await page.SubmitRanksAsync(site);

        var rows = page.Browser.GetByRole(AriaRole.Row);
        await Expect(rows).ToHaveCountAsync(5);
        await Expect(rows.Nth(0)).ToContainTextAsync("chatloop-reward-1");
        await Expect(rows.Nth(1)).ToContainTextAsync("1.20");
        await Expect(rows.Nth(2)).ToContainTextAsync("2.10");
        await Expect(page.Browser.GetByText("The reward model orders 5 of 6 pairs as you do.")).ToBeVisibleAsync();
    }

    private async Task<LabelingPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var page = await LabelingPage.OpenAsync(site, await chromium.OpenAsync(options));
        await Expect(page.Title("Rank the answers")).ToBeVisibleAsync();
        return page;
    }
}
