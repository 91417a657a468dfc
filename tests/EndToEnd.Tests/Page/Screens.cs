using Microsoft.Playwright;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Pictures of the pages for people to look at: kept only where CHATLOOP_SCREENS names a folder.</summary>
internal static class Screens
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CHATLOOP_SCREENS");

    /// <param name="isWhole">The window is made as high as the page, so that what sticks to its edges is at its place.</param>
    public static async Task TakeAsync(IPage page, string name, bool isWhole = true)
    {
        if (Folder is not { Length: > 0 }) return;
        if (isWhole) await page.SetViewportSizeAsync(page.ViewportSize!.Width, await page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }
}
