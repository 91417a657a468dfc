using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>What the page does when things go wrong or take long, against canned answers of the API.</summary>
public sealed class TroubleTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task An_error_is_shown_in_words_and_a_retry_sends_the_same_key()
    {
        var api = new CannedApi()
            .Then(503, CannedTurns.Error("starting", "ChatLoop is starting."))
            .Then(200, CannedTurns.Answered("One?", "First."));
        var page = await api.OpenAsync(await chromium.OpenAsync());

        await page.AskAsync("One?");
        await page.ExpectAsync("error");
        await page.ExpectAnswerAsync("ChatLoop is starting.");
        await page.Button("Try again").ClickAsync();

        await page.ExpectAnswerAsync("First.");
        await Expect(page.Turns).ToHaveCountAsync(1);
        AssertSameQuestion(api);
    }

    [SkippableFact]
    public async Task A_lost_connection_is_said_and_the_page_stays_usable()
    {
        var api = new CannedApi().ThenNothing().Then(200, CannedTurns.Answered("One?", "First."));
        var page = await api.OpenAsync(await chromium.OpenAsync());

        await page.AskAsync("One?");

        await page.ExpectAnswerAsync("could not be reached");
        await page.Box.FillAsync("typed in the meantime");
        await page.Button("Try again").ClickAsync();
        await page.ExpectAnswerAsync("First.");
        await Expect(page.Box).ToHaveValueAsync("typed in the meantime");
        AssertSameQuestion(api);
    }

    [SkippableFact]
    public async Task A_question_that_was_asked_offline_is_sent_once_the_network_is_back()
    {
        var api = new CannedApi().ThenNothing().Then(200, CannedTurns.Answered("One?", "First."));
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await page.Browser.Context.SetOfflineAsync(true);
        await Expect(page.Browser.GetByText("You are offline.")).ToBeVisibleAsync();
        await page.AskAsync("One?");
        await page.ExpectAsync("error");

        await page.Browser.Context.SetOfflineAsync(false);

        await page.ExpectAnswerAsync("First.");
        await Expect(page.Browser.GetByText("You are offline.")).ToBeHiddenAsync();
        AssertSameQuestion(api);
    }

    [SkippableFact]
    public async Task A_refused_question_can_be_edited()
    {
        var api = new CannedApi().Then(400, CannedTurns.Error("bad_request", "The message is not acceptable."));
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await page.AskAsync("One?");
        await page.ExpectAnswerAsync("The message is not acceptable.");

        await page.Button("Edit the question").ClickAsync();

        await Expect(page.Box).ToHaveValueAsync("One?");
        await Expect(page.Box).ToBeFocusedAsync();
        await Expect(page.Turns).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_question_to_a_conversation_that_is_full_can_be_asked_in_a_new_one()
    {
        var api = new CannedApi()
            .Then(200, CannedTurns.Answered("One?", "First."))
            .Then(409, CannedTurns.Error("conversation_full", "Start a new one."));
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await page.AskAsync("One?");
        await page.ExpectAnswerAsync("First.");
        await page.AskAsync("Two?");
        await page.ExpectAsync("error");

        await page.Button("Ask in a new conversation").ClickAsync();

        await Expect(page.Turns).ToHaveCountAsync(0);
        await Expect(page.Box).ToHaveValueAsync("Two?");
        await Expect(page.Browser).ToHaveURLAsync(CannedApi.Address);
    }

    [SkippableFact]
    public async Task A_running_turn_is_asked_for_until_it_is_answered_over_a_lost_connection()
    {
        var api = new CannedApi()
            .Then(202, CannedTurns.Running("One?"), retryAfter: "0")
            .Then(200, CannedTurns.Running("One?"), retryAfter: "0")
            .ThenNothing()
            .Then(200, CannedTurns.Answered("One?", "First."));
        var page = await api.OpenAsync(await chromium.OpenAsync());

        await page.AskAsync("One?");

        await page.ExpectAnswerAsync("First.");
        Assert.Single(api.Posts);
        Assert.All(api.Requests.Skip(1), request => Assert.EndsWith($"/api/chat/{CannedTurns.ConversationId}/turns/turn-1", request.Url, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_reload_restores_the_history_and_picks_up_a_running_answer()
    {
        var release = new TaskCompletionSource();
        var answered = CannedTurns.Answered("One?", "First.");
        var api = new CannedApi()
            .Then(200, CannedTurns.Conversation(answered, CannedTurns.Running("Two?", "turn-2")))
            .Then(404, CannedTurns.Error("not_found", "Nothing to read along."))
            .ThenAfter(release.Task, CannedTurns.Answered("Two?", "Second.", "turn-2"));

        var page = await api.OpenAsync(await chromium.OpenAsync(), "#" + CannedTurns.ConversationId);

        await Expect(page.Turns).ToHaveCountAsync(2);
        await Expect(page.Turns.First).ToContainTextAsync("First.");
        await page.ExpectAsync("thinking");
        release.SetResult();
        await page.ExpectAnswerAsync("Second.");
    }

    [SkippableFact]
    public async Task A_running_answer_is_read_along_after_a_reload()
    {
        var api = new CannedApi()
            .Then(200, CannedTurns.Conversation(CannedTurns.Running("One?")))
            .ThenEvents(("queued", CannedTurns.Running("One?")), ("delta", new JsonObject { ["text"] = "It is " }))
            .ThenEvents(("delta", new JsonObject { ["text"] = "**cold**." }), ("done", CannedTurns.Answered("One?", "It is **cold**.")));

        var page = await api.OpenAsync(await chromium.OpenAsync(), "#" + CannedTurns.ConversationId);

        await page.ExpectAnswerAsync("It is cold.");
        await Expect(page.Button("Regenerate")).ToBeVisibleAsync();
        Assert.All(api.Requests.Skip(1), request => Assert.EndsWith("/turns/turn-1/stream", request.Url, StringComparison.Ordinal));
        Assert.Equal([null, "2"], api.Requests.Skip(1).Select(request => request.Headers.GetValueOrDefault("last-event-id")));
    }

    [SkippableFact]
    public async Task A_reload_before_the_question_was_accepted_sends_it_again_with_the_same_key()
    {
        var never = new TaskCompletionSource();
        var api = new CannedApi()
            .ThenAfter(never.Task, CannedTurns.Answered("One?", "First."))
            .Then(200, CannedTurns.Answered("One?", "First."));
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await page.AskAsync("One?");
        await page.ExpectAsync("thinking");

        await page.Browser.ReloadAsync();

        await page.ExpectAnswerAsync("First.");
        await Expect(page.Turns).ToHaveCountAsync(1);
        AssertSameQuestion(api);
    }

    [SkippableFact]
    public async Task A_question_that_is_in_the_history_already_is_not_shown_twice_after_a_reload()
    {
        var never = new TaskCompletionSource();
        var first = CannedTurns.Answered("One?", "First.");
        var second = CannedTurns.Answered("Two?", "Second.", "turn-2");
        var api = new CannedApi()
            .Then(200, first)
            .ThenAfter(never.Task, second)
            .Then(200, CannedTurns.Conversation(first.DeepClone(), second.DeepClone()))
            .Then(200, second.DeepClone());
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await page.AskAsync("One?");
        await page.ExpectAnswerAsync("First.");
        await page.AskAsync("Two?");
        await page.ExpectAsync("thinking");

        await page.Browser.ReloadAsync();

        await Expect(page.Browser.Locator(".turn")).ToHaveCountAsync(2);
        await page.ExpectAnswerAsync("Second.");
    }

    [SkippableFact]
    public async Task An_unknown_conversation_is_said_and_gives_way_to_a_new_one()
    {
        var api = new CannedApi().Then(404, CannedTurns.Error("not_found", "There is no such conversation."));

        var page = await api.OpenAsync(await chromium.OpenAsync(), "#" + CannedTurns.ConversationId);

        await Expect(page.Notice).ToBeVisibleAsync();
        await Expect(page.Notice).ToContainTextAsync("There is no such conversation");
        await Expect(page.Browser).ToHaveURLAsync(CannedApi.Address);
    }

    [SkippableFact]
    public async Task A_history_that_cannot_be_loaded_now_can_be_loaded_later()
    {
        var api = new CannedApi().ThenNothing().Then(200, CannedTurns.Conversation(CannedTurns.Answered("One?", "First.")));
        var page = await api.OpenAsync(await chromium.OpenAsync(), "#" + CannedTurns.ConversationId);
        await Expect(page.Notice).ToContainTextAsync("could not be loaded");

        await page.Notice.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await page.ExpectAnswerAsync("First.");
        await Expect(page.Notice).ToBeHiddenAsync();
    }

    private static void AssertSameQuestion(CannedApi api)
    {
        Assert.Equal(2, api.Posts.Count());
        Assert.Single(api.Posts.Select(request => request.Headers["idempotency-key"]).Distinct());
        Assert.Single(api.Posts.Select(request => request.PostData).Distinct());
    }
}
