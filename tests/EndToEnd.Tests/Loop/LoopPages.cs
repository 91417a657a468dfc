using ChatLoop.EndToEnd.Tests.Page;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Loop;

/// <summary>What the administrator's pages show when the loop has gone round once.</summary>
internal static class LoopPages
{
    /// <param name="version">The version that serves now.</param>
    public static async Task ExpectAsync(Chromium chromium, Uri address, string version)
    {
        // The loop is to be tested without a browser too.
        if (!chromium.IsThere) return;
        foreach (var isPhone in (bool[])[false, true])
        {
            var dashboard = await LivePage.OpenAsync(chromium, address, "dashboard", "adam", isPhone);
            await Expect(dashboard.Locator("#agreement")).ToContainTextAsync("0.87");
            await Expect(dashboard.Locator("#labelers tbody tr")).ToHaveCountAsync(TwelveTasks.Labelers.Length);
            await Expect(dashboard.Locator("#datasets tbody tr")).ToHaveCountAsync(1);
            await LivePage.TakeAsync(dashboard, "loop-dashboard", isPhone);

            var improvements = await LivePage.OpenAsync(chromium, address, "improvements", "adam", isPhone);
            await Expect(improvements.GetByRole(AriaRole.List, new() { Name = "Stages" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(6);
            await Expect(improvements.Locator(".decision")).ToContainTextAsync("approved by adam");
            await Expect(improvements.Locator(".model").First).ToContainTextAsync(version);
            await Expect(improvements.Locator(".model").First).ToContainTextAsync("current");
            await LivePage.TakeAsync(improvements, "loop-improvements", isPhone);
        }
    }
}
