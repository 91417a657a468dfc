using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Thumbs, reasons, corrections and choices between drafts, against canned answers of the API.</summary>
public sealed class JudgingTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task A_thumb_is_sent_at_once_and_its_reasons_and_comment_after_it()
    {
        var api = Api(CannedTurns.Answered("One?", "First."));
        var page = await AnsweredAsync(api);

        await page.Button("Bad answer").ClickAsync();
        await Expect(page.Button("Bad answer")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Button("Not true").ClickAsync();
        await page.Browser.GetByLabel("A comment, if you like").FillAsync("It is <b>not</b>.");
        await page.LastReply.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Expect(page.Browser.GetByText("What is wrong with it?")).ToHaveCountAsync(0);
        await Expect(page.Button("Bad answer")).ToBeFocusedAsync();
        await Expect(page.Announcer).ToContainTextAsync("Thank you");
        var (first, second) = (Sent(api)[0], Sent(api)[1]);
        Assert.Equal(("thumbDown", CannedTurns.ConversationId, "turn-1"), (ChatApi.Text(first, "kind"), ChatApi.Text(first, "conversationId"), ChatApi.Text(first, "turnId")));
        Assert.Equal(("untrue", "It is <b>not</b>."), ((string?)second["reasons"]![0], ChatApi.Text(second, "comment")));
    }

    [SkippableFact]
    public async Task A_better_answer_is_written_from_the_one_that_was_given()
    {
        var api = Api(CannedTurns.Answered("One?", "First."));
        var page = await AnsweredAsync(api);

        await page.Button("Correct this answer").ClickAsync();
        var box = page.Browser.GetByRole(AriaRole.Textbox, new() { Name = "Your answer" });
        await Expect(box).ToBeFocusedAsync();
        await Expect(box).ToHaveValueAsync("First.");
        await box.FillAsync("Better.");
        await page.Button("Save").ClickAsync();

        await page.Button("Your correction").ClickAsync();
        await Expect(box).ToHaveValueAsync("Better.");
        Assert.Equal(("correction", "Better."), (ChatApi.Text(Sent(api).Single(), "kind"), ChatApi.Text(Sent(api).Single(), "correctedAnswer")));
    }

    [SkippableFact]
    public async Task A_correction_that_is_opened_while_reasons_are_on_their_way_stays_open()
    {
        var api = Api(CannedTurns.Answered("One?", "First."));
        var page = await AnsweredAsync(api);
        var arrive = new TaskCompletionSource();
        await page.Browser.RouteAsync("**/api/feedback", async route =>
        {
            await arrive.Task;
            await route.FallbackAsync();
        });

        await page.Button("Bad answer").ClickAsync();
        await page.LastReply.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.Button("Correct this answer").ClickAsync();
        arrive.SetResult();

        await Expect(page.Button("Bad answer")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Announcer).ToContainTextAsync("Thank you");
        await Expect(page.Browser.GetByRole(AriaRole.Textbox, new() { Name = "Your answer" })).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task Two_drafts_are_shown_side_by_side_and_the_preferred_one_becomes_the_answer()
    {
        var api = Api(CannedTurns.Drafted("One?", "First.", "Second."));
        var page = await AnsweredAsync(api);
        await Expect(page.Button("Good answer")).ToHaveCountAsync(0);
        var boxes = await DraftBoxesAsync(page);
        Assert.Equal(boxes[0].Y, boxes[1].Y);

        await page.Browser.GetByLabel("Second answer").GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.Button("You prefer this one")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Button("Good answer")).ToBeVisibleAsync();
        var sent = Sent(api).Single();
        Assert.Equal(("preference", "b", "a"), (ChatApi.Text(sent, "kind"), ChatApi.Text(sent, "preferredDraft"), ChatApi.Text(sent, "otherDraft")));
    }

    [SkippableFact]
    public async Task On_a_phone_the_drafts_stand_one_below_the_other_and_nothing_is_cut_off()
    {
        var unbroken = new string('w', 300);
        var api = Api(CannedTurns.Drafted("One?", unbroken, "Second.", choice: "a"));
        var page = await AnsweredAsync(api, new() { ViewportSize = new() { Width = 360, Height = 640 }, IsMobile = true, HasTouch = true });
        await page.Button("Bad answer").ClickAsync();

        var boxes = await DraftBoxesAsync(page);
        Assert.True(boxes[1].Y >= boxes[0].Y + boxes[0].Height);
        Assert.Equal(360, await page.Browser.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [SkippableFact]
    public async Task What_was_said_shows_after_a_reload()
    {
        var api = new CannedApi().Then(200, CannedTurns.Conversation(CannedTurns.Answered("One?", "First.")));
        api.OtherReplies["GET /api/feedback"] = (200, JsonNode.Parse("""
            { "judgements": [
              { "turnId": "turn-1", "kind": "thumbUp", "reasons": ["helpful"], "comment": "Nice.", "at": "2026-01-02T03:04:05Z" },
              { "turnId": "turn-1", "kind": "correction", "reasons": [], "correctedAnswer": "Better.", "at": "2026-01-02T03:04:05Z" }
            ] }
            """)!);
        var page = await api.OpenAsync(await chromium.OpenAsync(), "#" + CannedTurns.ConversationId);

        await Expect(page.Button("Good answer")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Button("Your correction")).ToBeVisibleAsync();
        await page.Button("Good answer").ClickAsync();

        await Expect(page.Button("Helpful")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Browser.GetByLabel("A comment, if you like")).ToHaveValueAsync("Nice.");
        Assert.EndsWith($"?conversationId={CannedTurns.ConversationId}", Assert.Single(api.Others).Url, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_judgement_that_was_not_taken_says_so_and_is_not_shown_as_given()
    {
        var api = Api(CannedTurns.Answered("One?", "First."));
        api.OtherReplies["POST /api/feedback"] = (403, CannedTurns.Error("not_yours", "It is somebody else's."));
        var page = await AnsweredAsync(api);

        await page.Button("Good answer").ClickAsync();

        await page.ExpectAnswerAsync("That was not saved. It is somebody else's.");
        await Expect(page.Button("Good answer")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [SkippableFact]
    public async Task A_template_is_not_judged()
    {
        var api = Api(CannedTurns.Blocked("One?", "No."));
        var page = await AnsweredAsync(api, state: "template");

        await Expect(page.Button("Good answer")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Judging_works_with_the_keyboard_alone()
    {
        var api = Api(CannedTurns.Answered("One?", "First."));
        var page = await AnsweredAsync(api);
        await page.Button("Good answer").FocusAsync();

        await page.Browser.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Good answer")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Button("Well written").FocusAsync();
        await page.Browser.Keyboard.PressAsync("Space");
        await page.LastReply.GetByRole(AriaRole.Button, new() { Name = "Send" }).FocusAsync();
        await page.Browser.Keyboard.PressAsync("Enter");

        await Expect(page.Button("Good answer")).ToBeFocusedAsync();
        Assert.Equal("wellWritten", (string?)Sent(api)[1]["reasons"]![0]);
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task What_judges_stands_out_from_its_ground(ColorScheme scheme)
    {
        var api = Api(CannedTurns.Drafted("One?", "First.", "Second.", choice: "b"));
        var page = await AnsweredAsync(api, new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await page.Button("Bad answer").ClickAsync();
        await page.Button("Not true").ClickAsync();

        foreach (var selector in (string[])[".chip", ".panel legend", ".panel label span", ".panel .button", ".draft h3", ".draft .text", ".draft .button", ".quiet"])
        {
            foreach (var text in await page.Browser.Locator(selector).Filter(new() { Visible = true }).AllAsync())
                Assert.True(await Contrast.OfAsync(text) >= 4.5, $"{selector} has a contrast of {await Contrast.OfAsync(text):F2}.");
        }
    }

    private static CannedApi Api(JsonNode turn)
    {
        var api = new CannedApi().Then(200, turn);
        api.OtherReplies["POST /api/feedback"] = (202, new JsonObject { ["id"] = "1" });
        return api;
    }

    private async Task<ChatPage> AnsweredAsync(CannedApi api, BrowserNewContextOptions? options = null, string state = "answer")
    {
        var page = await api.OpenAsync(await chromium.OpenAsync(options));
        await page.AskAsync("One?");
        await page.ExpectAsync(state);
        return page;
    }

    private static List<JsonNode> Sent(CannedApi api) => [.. api.Others.Where(request => request.Method == "POST").Select(request => JsonNode.Parse(request.PostData!)!)];

    private static async Task<LocatorBoundingBoxResult[]> DraftBoxesAsync(ChatPage page)
    {
        var drafts = page.Browser.Locator(".draft");
        return [(await drafts.Nth(0).BoundingBoxAsync())!, (await drafts.Nth(1).BoundingBoxAsync())!];
    }
}
