using Microsoft.Playwright;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Contrast of colours as WCAG 2 defines it: 4.5 is enough for ordinary text.</summary>
internal static class Contrast
{
    private const string Functions = """
        const luminance = color => {
          const [r, g, b] = color.match(/[\d.]+/g).map(part => Number(part) / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = node => {
          const color = getComputedStyle(node).backgroundColor;
          return color === "rgba(0, 0, 0, 0)" && node.parentElement ? ground(node.parentElement) : color;
        };
        """;

    public static Task<double> OfAsync(ILocator text) => text.EvaluateAsync<double>($$"""
        node => {
          {{Functions}}
          const [low, high] = [luminance(getComputedStyle(node).color), luminance(ground(node))].sort((a, b) => a - b);
          return (high + 0.05) / (low + 0.05);
        }
        """);

    /// <summary>Every visible text that one of the selectors finds stands out; each finds at least one.</summary>
    public static async Task ExpectAsync(IPage page, params string[] selectors)
    {
        foreach (var selector in selectors)
        {
            var texts = await page.Locator(selector).Filter(new() { Visible = true }).AllAsync();
            Assert.True(texts.Count > 0, $"{selector} finds nothing.");
            foreach (var text in texts)
                Assert.True(await OfAsync(text) >= 4.5, $"{selector} has a contrast of {await OfAsync(text):F2} in '{await text.TextContentAsync()}'.");
        }
    }

    public static Task<double> LuminanceOfGroundAsync(IPage page) => page.EvaluateAsync<double>($$"""
        () => {
          {{Functions}}
          return luminance(ground(document.body));
        }
        """);
}
