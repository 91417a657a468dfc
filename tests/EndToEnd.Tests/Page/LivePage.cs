using Microsoft.Playwright;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>A page that a running app serves, on a desk or on a phone.</summary>
internal static class LivePage
{
    /// <param name="user">Who looks at it.</param>
    public static async Task<IPage> OpenAsync(Chromium chromium, Uri address, string path, string user, bool isPhone)
    {
        var page = await chromium.OpenAsync(isPhone ? Phone.Options() : new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        await page.AddInitScriptAsync($"localStorage.setItem('chatloop.user', '{user}')");
        await page.GotoAsync(new Uri(address, path).ToString());
        return page;
    }

    /// <summary>Takes a picture; on a phone nothing may stick out of the page.</summary>
    public static async Task TakeAsync(IPage page, string name, bool isPhone)
    {
        if (isPhone) await Phone.ExpectNoSidewaysScrollAsync(page);
        await Screens.TakeAsync(page, $"live-{name}-{(isPhone ? "phone" : "desk")}");
    }
}
