using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Answers that are asked for again, questions that are edited, and the way between their versions.</summary>
public sealed class BranchTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task An_answer_that_is_asked_for_again_takes_its_place_and_both_can_be_read()
    {
        var api = Api(CannedTurns.Answered("One?", "First."), CannedTurns.Answered("Two?", "Second.", "turn-2")).Then(200, CannedTurns.Answered("Two?", "Another.", "turn-3"));
        var page = await OpenAsync(api);

        await page.Button("Regenerate").Last.ClickAsync();

        await page.ExpectAnswerAsync("Another.");
        await Expect(page.Turns).ToHaveCountAsync(2);
        var sent = JsonNode.Parse(api.Posts.Single().PostData!)!;
        Assert.Equal(("Two?", "turn-1", CannedTurns.ConversationId), (ChatApi.Text(sent, "message"), ChatApi.Text(sent, "parentTurnId"), ChatApi.Text(sent, "conversationId")));
        await Expect(Versions(page)).ToHaveTextAsync("2/2");
        await Expect(page.Button("Version after")).ToBeDisabledAsync();

        await page.Button("Version before").PressAsync("Enter");
        await page.ExpectAnswerAsync("Second.");
        await Expect(Versions(page)).ToHaveTextAsync("1/2");
        await Expect(page.Announcer).ToHaveTextAsync("Version 1 of 2");
        // The arrow that was pressed leads nowhere now.
        await Expect(page.Button("Version after")).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task An_edited_first_question_begins_anew_and_what_followed_stays_with_the_first_version()
    {
        var api = Api(CannedTurns.Answered("One?", "First."), CannedTurns.Answered("Two?", "Second.", "turn-2"))
            .Then(200, CannedTurns.Answered("Uno?", "Primo.", "turn-3"))
            .Then(200, CannedTurns.Answered("Due?", "Secondo.", "turn-4"));
        var page = await OpenAsync(api);

        await page.Button("Edit question").First.ClickAsync();
        var box = page.Browser.GetByRole(AriaRole.Textbox, new() { Name = "Edited question" });
        await Expect(box).ToBeFocusedAsync();
        await Expect(box).ToHaveValueAsync("One?");
        await box.FillAsync("Uno?");
        await box.PressAsync("Enter");
        await page.ExpectAnswerAsync("Primo.");
        await Expect(page.Turns).ToHaveCountAsync(1);
        await page.AskAsync("Due?");
        await page.ExpectAnswerAsync("Secondo.");

        Assert.Equal(["root", "turn-3"], api.Posts.Select(post => ChatApi.Text(JsonNode.Parse(post.PostData!)!, "parentTurnId")));
        await page.Button("Version before").ClickAsync();
        await page.ExpectAnswerAsync("Second.");
        await Expect(page.Turns).ToHaveCountAsync(2);
        await page.Button("Version after").ClickAsync();
        await page.ExpectAnswerAsync("Secondo.");
    }

    [SkippableFact]
    public async Task An_edit_can_be_given_up()
    {
        var page = await OpenAsync(Api(CannedTurns.Answered("One?", "First.")));

        await page.Button("Edit question").ClickAsync();
        await page.Browser.GetByRole(AriaRole.Textbox, new() { Name = "Edited question" }).FillAsync("Something else");
        await page.Browser.Keyboard.PressAsync("Escape");

        await Expect(page.Button("Edit question")).ToBeFocusedAsync();
        await Expect(page.Turns).ToContainTextAsync("One?");
    }

    [SkippableFact]
    public async Task After_a_reload_the_newest_version_shows_and_the_others_are_there()
    {
        var page = await OpenAsync(Api(
            CannedTurns.After(null, CannedTurns.Answered("One?", "First.")),
            CannedTurns.After("turn-1", CannedTurns.Answered("Two?", "Second.", "turn-2")),
            CannedTurns.After("turn-1", CannedTurns.Answered("Two?", "Again.", "turn-3")),
            CannedTurns.After("turn-2", CannedTurns.Answered("Three?", "Third.", "turn-4"))));

        await Expect(page.Turns).ToHaveCountAsync(3);
        await page.ExpectAnswerAsync("Third.");
        await Expect(Versions(page)).ToHaveTextAsync("1/2");
        await page.Button("Version after").ClickAsync();
        await page.ExpectAnswerAsync("Again.");
        await Expect(page.Turns).ToHaveCountAsync(2);
    }

    [SkippableFact]
    public async Task A_version_that_was_not_answered_can_be_tried_again_at_its_place()
    {
        var api = Api(CannedTurns.Answered("One?", "First."))
            .Then(503, CannedTurns.Error("starting", "ChatLoop is starting."))
            .Then(200, CannedTurns.Answered("One?", "Another.", "turn-2"));
        var page = await OpenAsync(api);
        await page.Button("Regenerate").ClickAsync();
        await page.ExpectAnswerAsync("ChatLoop is starting.");

        await page.Button("Try again").ClickAsync();

        await page.ExpectAnswerAsync("Another.");
        await Expect(Versions(page)).ToHaveTextAsync("2/2");
        Assert.Single(api.Posts.Select(post => post.PostData + post.Headers["idempotency-key"]).Distinct());
    }

    [SkippableFact]
    public async Task What_was_held_back_by_mistake_can_be_reported_once()
    {
        var api = Api(CannedTurns.Blocked("One?", "I can't help with that."));
        var path = $"POST /api/conversations/{CannedTurns.ConversationId}/turns/turn-1/reports";
        api.OtherReplies[path] = (503, CannedTurns.Error("starting", "ChatLoop is starting."));
        var page = await OpenAsync(api, "template");

        await page.Button("Report a mistake").ClickAsync();
        await page.ExpectAnswerAsync("That was not reported. ChatLoop is starting.");
        api.OtherReplies[path] = (202, new JsonObject());
        await page.Button("Report a mistake").ClickAsync();

        await page.ExpectAnswerAsync("Reported. A person will look at it.");
        await Expect(page.Button("Report a mistake")).ToHaveCountAsync(0);
    }

    private static ILocator Versions(ChatPage page) => page.Browser.Locator(".versions:visible span");

    private static CannedApi Api(params JsonNode[] turns) => new CannedApi().Then(200, CannedTurns.Conversation(turns));

    private async Task<ChatPage> OpenAsync(CannedApi api, string state = "answer")
    {
        var page = await api.OpenAsync(await chromium.OpenAsync(), "#" + CannedTurns.ConversationId);
        await page.ExpectAsync(state);
        return page;
    }
}
