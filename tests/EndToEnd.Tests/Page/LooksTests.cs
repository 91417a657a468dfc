using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Keyboard, phone width, light and dark, reduced motion.</summary>
public sealed class LooksTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task The_page_can_be_used_with_the_keyboard_alone()
    {
        var api = new CannedApi()
            .Then(503, CannedTurns.Error("starting", "ChatLoop is starting."))
            .Then(200, CannedTurns.Answered("One?\nTwo?", "First."));
        var page = await api.OpenAsync(await chromium.OpenAsync());
        var keyboard = page.Browser.Keyboard;

        await keyboard.PressAsync("Tab");
        await Expect(page.Browser.GetByRole(AriaRole.Link, new() { Name = "Skip to the question box" })).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Expect(page.Box).ToBeFocusedAsync();
        await keyboard.TypeAsync("One?");
        await keyboard.PressAsync("Shift+Enter");
        await keyboard.TypeAsync("Two?");
        await Expect(page.Box).ToHaveValueAsync("One?\nTwo?");
        await keyboard.PressAsync("Enter");
        await page.ExpectAsync("error");
        await keyboard.PressAsync("Shift+Tab");
        await Expect(page.Button("Try again")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await page.ExpectAnswerAsync("First.");
        await Expect(page.Box).ToBeFocusedAsync();
        await keyboard.PressAsync("Shift+Tab");
        await keyboard.PressAsync("Enter");
        await Expect(page.LastReply.Locator("dl")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task What_has_the_focus_is_outlined()
    {
        var page = await new CannedApi().OpenAsync(await chromium.OpenAsync());

        for (var stop = 1; stop <= 3; stop++) await page.Browser.Keyboard.PressAsync("Tab");

        await Expect(page.Button("New conversation")).ToBeFocusedAsync();
        await Expect(page.Button("New conversation")).ToHaveCSSAsync("outline-style", "solid");
        await Expect(page.Button("New conversation")).ToHaveCSSAsync("outline-width", "3px");
    }

    [SkippableFact]
    public async Task At_phone_width_nothing_is_cut_off_or_scrolls_sideways()
    {
        var unbroken = new string('w', 300);
        var api = new CannedApi()
            .Then(200, CannedTurns.Answered(unbroken, unbroken))
            .Then(200, CannedTurns.Blocked("Two?", unbroken, "turn-2"))
            .Then(503, CannedTurns.Error("starting", unbroken));
        var page = await api.OpenAsync(await chromium.OpenAsync(new() { ViewportSize = new() { Width = 360, Height = 640 }, IsMobile = true, HasTouch = true }));
        Assert.Equal(360, await WidthAsync(page));

        await page.AskAsync(unbroken);
        await page.ExpectAsync("answer");
        await page.LastReply.GetByText("Details").ClickAsync();
        await page.AskAsync("Two?");
        await page.ExpectAsync("template");
        await page.LastReply.GetByText("Details").ClickAsync();
        await page.AskAsync("Three?");
        await page.ExpectAsync("error");

        Assert.Equal(360, await WidthAsync(page));
        await Expect(page.Send).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(page.Button("New conversation")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_stands_out_from_its_ground_in_light_and_in_dark(ColorScheme scheme)
    {
        var api = new CannedApi()
            .Then(200, CannedTurns.Answered("One?", "First."))
            .Then(200, CannedTurns.Blocked("Two?", "No.", "turn-2"))
            .Then(503, CannedTurns.Error("starting", "ChatLoop is starting."));
        var page = await api.OpenAsync(await chromium.OpenAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce }));
        await page.AskAsync("One?");
        await page.ExpectAsync("answer");
        await page.AskAsync("Two?");
        await page.ExpectAsync("template");
        await page.LastReply.GetByText("Details").ClickAsync();
        await page.AskAsync("Three?");
        await page.ExpectAsync("error");

        var luminance = await Contrast.LuminanceOfGroundAsync(page.Browser);
        Assert.True(scheme == ColorScheme.Dark ? luminance < 0.1 : luminance > 0.8, $"The ground's luminance is {luminance}.");
        foreach (var selector in (string[])[".question .text", ".reply .text", ".why", ".quiet", "summary", "dt", "dd", ".error-title", ".button", "#length", "#keys"])
        {
            foreach (var text in await page.Browser.Locator(selector).Filter(new() { Visible = true }).AllAsync())
                Assert.True(await Contrast.OfAsync(text) >= 4.5, $"{selector} has a contrast of {await Contrast.OfAsync(text):F2}.");
        }
    }

    [SkippableFact]
    public async Task Nothing_moves_for_those_who_asked_for_less_motion()
    {
        var never = new TaskCompletionSource();
        var api = new CannedApi().ThenAfter(never.Task, CannedTurns.Answered("One?", "First."));
        var page = await api.OpenAsync(await chromium.OpenAsync(new() { ReducedMotion = ReducedMotion.Reduce }));

        await page.AskAsync("One?");

        await page.ExpectAsync("thinking");
        Assert.Equal(0, await page.Browser.EvaluateAsync<int>("document.getAnimations().length"));
    }

    private static Task<int> WidthAsync(ChatPage page) => page.Browser.EvaluateAsync<int>("document.documentElement.scrollWidth");
}
