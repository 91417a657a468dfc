using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>The labeling page on a phone, in light and dark, and what it makes of guidelines and of markup in answers.</summary>
public sealed class LabelingLooksTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string Unbroken = new('w', 300);

    [SkippableTheory]
    [InlineData("rank")]
    [InlineData("rate")]
    [InlineData("write")]
    [InlineData("flag")]
    public async Task At_phone_width_nothing_scrolls_sideways(string kind)
    {
        string[] answers = [CannedLabeling.FourAnswers[0], Unbroken];
        var site = CannedLabeling.Site(CannedLabeling.Task(kind, answers));
        var page = await LabelingPage.OpenAsync(site, await chromium.OpenAsync(Phone.Options()));
        await Expect(page.Submit).ToBeVisibleAsync();
        if (kind == "rank")
        {
            await page.Card("B").TapAsync();
            await page.Card("A").TapAsync();
            await page.ExpectRankingAsync("B", "A");
        }

        await Phone.ExpectNoSidewaysScrollAsync(page.Browser);
        await Expect(page.Submit).ToBeInViewportAsync(new() { Ratio = 1 });
        await Screens.TakeAsync(page.Browser, $"labeling-{kind}-phone");
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_stands_out_from_its_ground_in_light_and_in_dark(ColorScheme scheme)
    {
        var site = CannedLabeling.Site(CannedLabeling.Task("rank", CannedLabeling.FourAnswers))
            .On(CannedLabeling.Submit, 200, CannedLabeling.Accepted("submitted", 1.2, -0.4, 2.1, -1.8));
        var page = await LabelingPage.OpenAsync(site, await chromium.OpenAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce, ViewportSize = new() { Width = 1280, Height = 900 } }));
        foreach (var letter in (string[])["C", "A", "B"]) await page.Card(letter).ClickAsync();
        await page.PressAsync("A", "=");
        await Expect(page.Guidelines).ToContainTextAsync("received yourself");

        var luminance = await Contrast.LuminanceOfGroundAsync(page.Browser);
        Assert.True(scheme == ColorScheme.Dark ? luminance < 0.1 : luminance > 0.8, $"The ground's luminance is {luminance}.");
        await Contrast.ExpectAsync(page.Browser, ".pages a", "#progress", "#who", ".how", "kbd", ".speaker", ".said .text", ".rank", ".letter", ".grip", ".icon", ".answer-card .text", ".pool-head", ".chip", ".button", ".state", ".markdown *");
        await Screens.TakeAsync(page.Browser, $"labeling-rank-{scheme}".ToLowerInvariant());
        await page.Card("D").ClickAsync();
        await page.SubmitRanksAsync(site);
        await Contrast.ExpectAsync(page.Browser, ".agreement", ".compared th", ".compared td", ".excerpt", ".meter-value", ".button", ".quiet-text");
        await Screens.TakeAsync(page.Browser, $"labeling-result-{scheme}".ToLowerInvariant());
    }

    [SkippableFact]
    public async Task Guidelines_are_read_from_markdown_and_markup_stays_text()
    {
        var site = CannedLabeling.Site(CannedLabeling.Task("rank", ["<img src=x onerror=\"window.attacked = true\">", "Two."]));
        var page = await LabelingPage.OpenAsync(site, await chromium.OpenAsync());

        await Expect(page.Guidelines.Locator("strong")).ToHaveTextAsync("received yourself");
        await Expect(page.Guidelines.Locator("ol > li")).ToHaveTextAsync(["Helpful: it does what the person wanted.", "Honest: it says nothing false.", "Harmless: it hurts nobody."]);
        await Expect(page.Guidelines.Locator("blockquote")).ToHaveTextAsync("Where two are equally good, tie them.");
        await Expect(page.Guidelines.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://arxiv.org/abs/2203.02155");
        await Expect(page.Guidelines).ToContainTextAsync("<img src=x");
        await Expect(page.Browser.Locator("main img")).ToHaveCountAsync(0);
        Assert.False(await page.Browser.EvaluateAsync<bool>("'attacked' in window"));
    }

    [SkippableFact]
    public async Task Guidelines_are_folded_on_a_phone_and_open_on_a_desk()
    {
        var site = CannedLabeling.Site(CannedLabeling.Task("write", []));
        var phone = await LabelingPage.OpenAsync(site, await chromium.OpenAsync(Phone.Options()));
        await Expect(phone.Guidelines.GetByText("No lists where")).ToBeHiddenAsync();
        await phone.Guidelines.GetByText("Guidelines").TapAsync();
        await Expect(phone.Guidelines.GetByText("No lists where")).ToBeVisibleAsync();

        var desk = await LabelingPage.OpenAsync(site, await chromium.OpenAsync());
        await Expect(desk.Guidelines.GetByText("No lists where")).ToBeVisibleAsync();
    }
}
