using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>The list of conversations, against canned answers of the API.</summary>
public sealed class SidebarTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Ice = "11111111111111111111111111111111", Fire = "22222222222222222222222222222222";

    [SkippableFact]
    public async Task Conversations_are_listed_part_by_part_and_opened()
    {
        var api = Api("more");
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await Expect(Links(page)).ToHaveTextAsync(["Is <b>ice</b> cold?", "Is fire hot?"]);
        api.OtherReplies["GET /api/conversations"] = (200, CannedTurns.List(null, (CannedTurns.ConversationId, "Is water wet?")));
        api.Then(200, CannedTurns.Conversation(CannedTurns.Answered("Is water wet?", "Yes.")));

        await page.Button("Show older ones").ClickAsync();
        await Links(page).Nth(2).ClickAsync();

        await page.ExpectAnswerAsync("Yes.");
        await Expect(Links(page).Nth(2)).ToHaveAttributeAsync("aria-current", "page");
        await Expect(Links(page)).ToHaveCountAsync(3);
        await Expect(page.Button("Show older ones")).ToHaveCountAsync(0);
        Assert.EndsWith("?continuation=more", api.Lists.Last().Url, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_new_conversation_comes_into_the_list()
    {
        var api = Api().Then(200, CannedTurns.Answered("Is water wet?", "Yes."));
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await Expect(Links(page)).ToHaveCountAsync(2);
        api.OtherReplies["GET /api/conversations"] = (200, CannedTurns.List(null, (CannedTurns.ConversationId, "Is water wet?"), (Ice, "Ice")));

        await page.AskAsync("Is water wet?");

        await Expect(Links(page).First).ToHaveTextAsync("Is water wet?");
        await Expect(Links(page).First).ToHaveAttributeAsync("aria-current", "page");
    }

    [SkippableFact]
    public async Task A_search_goes_on_where_its_first_part_ended()
    {
        var api = Api();
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await Expect(Links(page)).ToHaveCountAsync(2);
        api.OtherReplies["GET /api/conversations"] = (200, CannedTurns.List("further"));

        await page.Browser.GetByRole(AriaRole.Searchbox).FillAsync("hot & cold");
        await Expect(page.Browser.GetByText("Nothing found so far.")).ToBeVisibleAsync();
        api.OtherReplies["GET /api/conversations"] = (200, CannedTurns.List(null, (Fire, "Is fire hot?")));
        await page.Button("Search older ones").ClickAsync();

        await Expect(Links(page)).ToHaveTextAsync(["Is fire hot?"]);
        await Expect(page.Announcer).ToHaveTextAsync("1 found.");
        Assert.EndsWith("?search=hot+%26+cold&continuation=further", api.Lists.Last().Url, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_conversation_is_renamed_in_its_place_with_the_keyboard_alone()
    {
        var api = Api();
        api.OtherReplies[$"PATCH /api/conversations/{Fire}"] = (200, new JsonObject { ["conversationId"] = Fire, ["title"] = "Flames", ["createdAt"] = "2026-01-02T03:04:05Z" });
        var page = await api.OpenAsync(await chromium.OpenAsync());
        var (keyboard, title) = (page.Browser.Keyboard, page.Browser.GetByRole(AriaRole.Textbox, new() { Name = "Title" }));

        await page.Button("Options: Is fire hot?").PressAsync("Enter");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await Expect(title).ToBeFocusedAsync();
        await keyboard.TypeAsync("Not this");
        await keyboard.PressAsync("Escape");
        await Expect(Links(page).Nth(1)).ToHaveTextAsync("Is fire hot?");
        await Expect(page.Button("Options: Is fire hot?")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await page.Button("Rename: Is fire hot?").PressAsync("Enter");
        await keyboard.TypeAsync("Flames");
        await keyboard.PressAsync("Enter");

        await Expect(Links(page).Nth(1)).ToHaveTextAsync("Flames");
        await Expect(page.Button("Options: Flames")).ToBeFocusedAsync();
        Assert.Equal("Flames", ChatApi.Text(JsonNode.Parse(Assert.Single(api.Others).PostData!)!, "title"));
    }

    [SkippableFact]
    public async Task A_title_that_was_not_taken_says_so_and_stays_as_it_was()
    {
        var api = Api();
        api.OtherReplies[$"PATCH /api/conversations/{Fire}"] = (403, CannedTurns.Error("not_yours", "This conversation is somebody else's."));
        var page = await api.OpenAsync(await chromium.OpenAsync());

        await page.Button("Options: Is fire hot?").ClickAsync();
        await page.Button("Rename: Is fire hot?").ClickAsync();
        await page.Browser.Keyboard.TypeAsync("Flames");
        await page.Browser.Keyboard.PressAsync("Enter");

        await Expect(page.Browser.GetByText("This conversation is somebody else's.")).ToBeVisibleAsync();
        await Expect(Links(page).Nth(1)).ToHaveTextAsync("Is fire hot?");
    }

    [SkippableFact]
    public async Task A_conversation_is_deleted_only_after_a_question()
    {
        var api = Api().Then(200, CannedTurns.Conversation(CannedTurns.Answered("Is fire hot?", "Yes.")));
        api.OtherReplies[$"DELETE /api/conversations/{Fire}"] = (204, new JsonObject());
        var page = await api.OpenAsync(await chromium.OpenAsync(), "#" + Fire);
        await page.ExpectAsync("answer");

        await page.Button("Options: Is fire hot?").ClickAsync();
        await page.Button("Delete: Is fire hot?").ClickAsync();
        await Expect(page.Button("Keep it")).ToBeFocusedAsync();
        await page.Button("Keep it").ClickAsync();
        await Expect(Links(page)).ToHaveCountAsync(2);
        Assert.DoesNotContain(api.Others, request => request.Method == "DELETE");
        await page.Button("Delete: Is fire hot?").ClickAsync();
        await page.Button("Delete it").ClickAsync();

        await Expect(Links(page)).ToHaveTextAsync(["Is <b>ice</b> cold?"]);
        await Expect(page.Turns).ToHaveCountAsync(0);
        await Expect(page.Browser).ToHaveURLAsync(CannedApi.Address);
    }

    [SkippableFact]
    public async Task A_conversation_is_saved_as_a_file_of_its_title()
    {
        var api = Api();
        api.OtherReplies[$"GET /api/conversations/{Fire}/export"] = (200, new JsonObject { ["title"] = "Is fire hot?" });
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await page.Button("Options: Is fire hot?").ClickAsync();

        var saved = await page.Browser.RunAndWaitForDownloadAsync(() => page.Button("Save as JSON: Is fire hot?").ClickAsync());

        Assert.Equal("Is fire hot.json", saved.SuggestedFilename);
        Assert.Equal("""{"title":"Is fire hot?"}""", await File.ReadAllTextAsync((await saved.PathAsync())!));
        Assert.EndsWith("?format=json", api.Others.Single().Url, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_list_that_cannot_be_loaded_says_so_and_is_tried_again()
    {
        var api = Api();
        var list = api.OtherReplies["GET /api/conversations"];
        api.OtherReplies["GET /api/conversations"] = (503, CannedTurns.Error("starting", "ChatLoop is starting."));
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await Expect(page.Browser.GetByText("The list could not be loaded. ChatLoop is starting.")).ToBeVisibleAsync();
        api.OtherReplies["GET /api/conversations"] = list;

        await page.Button("Try again").ClickAsync();

        await Expect(Links(page)).ToHaveCountAsync(2);
    }

    [SkippableFact]
    public async Task On_a_phone_the_list_is_a_drawer_that_makes_way()
    {
        var api = Api();
        var page = await api.OpenAsync(await chromium.OpenAsync(Phone.Options()));
        await Expect(Links(page).First).ToBeHiddenAsync();

        await page.Button("Your conversations").TapAsync();
        await Expect(page.Browser.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await Expect(page.Button("Your conversations")).ToHaveAttributeAsync("aria-expanded", "true");
        Assert.True(await page.Browser.EvaluateAsync<bool>("document.getElementById('chat').inert"));
        await Phone.ExpectNoSidewaysScrollAsync(page.Browser);
        await page.Browser.Keyboard.PressAsync("Escape");
        await Expect(page.Button("Your conversations")).ToBeFocusedAsync();
        await Expect(Links(page).First).ToBeHiddenAsync();

        await page.Button("Your conversations").TapAsync();
        api.Then(200, CannedTurns.Conversation(CannedTurns.Answered("Is fire hot?", "Yes.")));
        await Links(page).Nth(1).TapAsync();
        await page.ExpectAnswerAsync("Yes.");
        await Expect(Links(page).First).ToBeHiddenAsync();
        Assert.False(await page.Browser.EvaluateAsync<bool>("document.getElementById('chat').inert"));
    }

    [SkippableFact]
    public async Task On_a_desk_the_list_stays_closed_where_it_was_closed()
    {
        var page = await Api().OpenAsync(await chromium.OpenAsync());
        await Expect(Links(page).First).ToBeVisibleAsync();

        await page.Button("Your conversations").ClickAsync();
        await Expect(Links(page).First).ToBeHiddenAsync();
        await page.Browser.ReloadAsync();

        await Expect(page.Button("Your conversations")).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(Links(page).First).ToBeHiddenAsync();
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_list_and_answers_in_Markdown_are_readable_on_a_desk_and_on_a_phone(ColorScheme scheme)
    {
        foreach (var (options, name) in new[] { (new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = scheme }, "desk"), (Phone.Options(scheme), "phone") })
        {
            var api = Api("more").Then(200, CannedTurns.Conversation(
                CannedTurns.After(null, CannedTurns.Answered("How do I bake bread? I have flour, water and salt.", MarkdownTests.Example)),
                CannedTurns.After("turn-1", CannedTurns.Answered("And a cake?", "One is **enough**.", "turn-2")),
                CannedTurns.After("turn-1", CannedTurns.Blocked("And a bomb?", "I can't help with that.", "turn-3"))));
            var page = await api.OpenAsync(await chromium.OpenAsync(options), "#" + Fire);
            await page.ExpectAsync("template");
            await Expect(Links(page)).ToHaveCountAsync(2);
            var picture = $"chat-{name}-{scheme}".ToLowerInvariant();
            await Screens.TakeAsync(page.Browser, picture, isWhole: false);
            await Contrast.ExpectAsync(page.Browser, ".versions span");
            await page.Button("Edit question").Last.ClickAsync();
            if (name == "phone") await Phone.ExpectNoSidewaysScrollAsync(page.Browser);
            await Contrast.ExpectAsync(page.Browser, ".markdown :is(p, li, td, th, a, blockquote, code)", ".code-head span", ".quiet", ".editing .button", ".editing textarea");
            await page.Browser.EvaluateAsync("scrollTo({ top: 0, behavior: 'instant' })");
            await Screens.TakeAsync(page.Browser, $"{picture}-whole");
            await page.Browser.SetViewportSizeAsync(options.ViewportSize!.Width, options.ViewportSize.Height);

            if (name == "phone") await page.Button("Your conversations").ClickAsync();
            await page.Button("Options: Is fire hot?").ClickAsync();
            await Contrast.ExpectAsync(page.Browser, ".row a", ".row-actions .quiet", "#list-message .quiet");
            await Screens.TakeAsync(page.Browser, $"{picture}-list", isWhole: false);
            await page.Button("Delete: Is fire hot?").ClickAsync();
            await Contrast.ExpectAsync(page.Browser, "#delete-conversation :is(h2, p, button)");
            await Screens.TakeAsync(page.Browser, $"{picture}-delete", isWhole: false);
        }
    }

    private static ILocator Links(ChatPage page) => page.Browser.Locator("#conversations a");

    private static CannedApi Api(string? continuation = null)
    {
        var api = new CannedApi();
        api.OtherReplies["GET /api/conversations"] = (200, CannedTurns.List(continuation, (Ice, "Is <b>ice</b> cold?"), (Fire, "Is fire hot?")));
        return api;
    }
}
