using Microsoft.Playwright;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>A phone's narrow window, and its finger.</summary>
internal static class Phone
{
    public const int Width = 390;

    public static BrowserNewContextOptions Options(ColorScheme scheme = ColorScheme.Light) =>
        new() { ViewportSize = new() { Width = Width, Height = 844 }, IsMobile = true, HasTouch = true, DeviceScaleFactor = 2, ColorScheme = scheme };

    /// <summary>The page is as wide as the window; where it is wider, the failure names what sticks out.</summary>
    public static async Task ExpectNoSidewaysScrollAsync(IPage page)
    {
        var (width, wide) = (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await page.EvaluateAsync<string[]>($$"""
            () => [...document.body.querySelectorAll("*")].filter(node => node.getBoundingClientRect().right > {{Width}}).map(node => `${node.tagName}.${node.className}#${node.id}`)
            """));
        Assert.True(width == Width, $"The page is {width} pixels wide. Sticking out: {string.Join(", ", wide.Take(12))}");
    }

    /// <summary>Drags with one finger, by the browser's own input: Playwright itself can only tap.</summary>
    public static async Task DragAsync(IPage page, ILocator from, ILocator onto, double share)
    {
        await from.ScrollIntoViewIfNeededAsync();
        var start = (await from.BoundingBoxAsync())!;
        var end = (await onto.BoundingBoxAsync())!;
        var (x, startY, endY) = (start.X + (start.Width / 2), start.Y + (start.Height / 2), end.Y + (end.Height * share));
        var input = await page.Context.NewCDPSessionAsync(page);
        await TouchAsync("touchStart", startY);
        for (var step = 1; step <= 5; step++) await TouchAsync("touchMove", startY + ((endY - startY) * step / 5));
        await TouchAsync("touchEnd", null);

        Task TouchAsync(string type, double? y) => input.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = y is null ? Array.Empty<object>() : new object[] { new { x, y } },
        });
    }
}
