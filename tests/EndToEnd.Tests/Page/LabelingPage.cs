using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>The labeling page as a labeler sees it.</summary>
internal sealed class LabelingPage(IPage page)
{
    public IPage Browser => page;

    public ILocator Submit => Button("Submit");

    public ILocator Announcer => page.GetByRole(AriaRole.Status);

    public ILocator Guidelines => page.GetByRole(AriaRole.Complementary, new() { Name = "Guidelines" });

    public ILocator Title(string text) => page.GetByRole(AriaRole.Heading, new() { Name = text, Level = 2 });

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Card(string letter) => page.Locator($"[data-answer='{letter}']");

    public static async Task<LabelingPage> OpenAsync(CannedSite site, IPage browser, string? labeler = "ann")
    {
        if (labeler is not null) await browser.AddInitScriptAsync($"localStorage.getItem('chatloop.user') ?? localStorage.setItem('chatloop.user', '{labeler}')");
        await site.OpenAsync(browser, "labeling");
        return new LabelingPage(browser);
    }

    /// <summary>Presses keys while the card has the focus.</summary>
    public async Task PressAsync(string letter, params string[] keys)
    {
        await Card(letter).FocusAsync();
        foreach (var key in keys) await page.Keyboard.PressAsync(key);
    }

    /// <summary>Drags a card by its head to a share of another's height.</summary>
    public async Task DragAsync(string letter, string onto, double share)
    {
        await Card(letter).ScrollIntoViewIfNeededAsync();
        var from = (await Card(letter).Locator(".answer-head").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(from.X + 60, from.Y + 15);
        await page.Mouse.DownAsync();
        var to = (await Card(onto).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(from.X + 60, from.Y + 30);
        await page.Mouse.MoveAsync(to.X + 60, to.Y + (float)(to.Height * share), new() { Steps = 5 });
        await page.Mouse.UpAsync();
    }

    /// <summary>Waits until the ranking is this: tiers from the best on, the letters of a tie together.</summary>
    public Task ExpectRankingAsync(params string[] tiers) => page.WaitForFunctionAsync(
        "expected => [...document.querySelectorAll('.tier')].map(tier => [...tier.querySelectorAll('[data-answer]')].map(card => card.dataset.answer).sort().join('')).join(' ') === expected",
        string.Join(' ', tiers));

    /// <summary>Submits, and returns the ranks that were sent, as JSON.</summary>
    public async Task<string> SubmitRanksAsync(CannedSite site)
    {
        await Submit.ClickAsync();
        await Assertions.Expect(Title("Thank you: that counts.")).ToBeVisibleAsync();
        return JsonNode.Parse(site.Sent(CannedLabeling.Submit).Last().PostData!)!["ranks"]!.ToJsonString();
    }
}
