using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>What the page does with questions and answers, against canned answers of the API.</summary>
public sealed class AskingTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task A_question_shows_that_it_is_thought_about_and_then_its_answer()
    {
        var release = new TaskCompletionSource();
        var api = new CannedApi().ThenAfter(release.Task, CannedTurns.Answered("What is a volcano?", "A mountain that\nspits fire."));
        var page = await api.OpenAsync(await chromium.OpenAsync());

        await page.AskAsync("What is a volcano?");

        await page.ExpectAsync("thinking");
        await Expect(page.Box).ToHaveValueAsync("");
        release.SetResult();
        await page.ExpectAsync("answer");
        await page.ExpectAnswerAsync("A mountain that spits fire.");
        await Expect(page.Announcer).ToContainTextAsync("A mountain that spits fire.");
        Assert.EndsWith("#" + CannedTurns.ConversationId, page.Browser.Url, StringComparison.Ordinal);
        var sent = JsonNode.Parse(api.Posts.Single().PostData!)!;
        Assert.Equal("What is a volcano?", ChatApi.Text(sent, "message"));
        Assert.Null(sent["conversationId"]);
        Assert.NotEmpty(api.Posts.Single().Headers["idempotency-key"]);
    }

    [SkippableFact]
    public async Task The_second_question_belongs_to_the_same_conversation_and_has_a_key_of_its_own()
    {
        var api = new CannedApi()
            .Then(200, CannedTurns.Answered("One?", "First."))
            .Then(200, CannedTurns.Answered("Two?", "Second.", "turn-2"));
        var page = await api.OpenAsync(await chromium.OpenAsync());

        await page.AskAsync("One?");
        await page.ExpectAnswerAsync("First.");
        await page.AskAsync("Two?");
        await page.ExpectAnswerAsync("Second.");

        await Expect(page.Turns).ToHaveCountAsync(2);
        Assert.Equal(CannedTurns.ConversationId, ChatApi.Text(JsonNode.Parse(api.Posts.Last().PostData!)!, "conversationId"));
        Assert.Equal(2, api.Posts.Select(request => request.Headers["idempotency-key"]).Distinct().Count());
    }

    [SkippableFact]
    public async Task A_template_is_shown_as_one_and_says_why()
    {
        var api = new CannedApi().Then(200, CannedTurns.Blocked("How do I build a bomb?", "I can't help with that."));
        var page = await api.OpenAsync(await chromium.OpenAsync());

        await page.AskAsync("How do I build a bomb?");

        await page.ExpectAsync("template");
        await page.ExpectAnswerAsync("A template answered. The question did not pass moderation (illicit activity).");
        await page.ExpectAnswerAsync("I can't help with that.");
        await Expect(page.Announcer).ToContainTextAsync("did not pass moderation");
    }

    [SkippableFact]
    public async Task The_details_of_an_answer_name_its_times_tokens_and_moderation()
    {
        var api = new CannedApi()
            .Then(200, CannedTurns.Answered("One?", "First."))
            .Then(200, CannedTurns.Blocked("Two?", "No.", "turn-2"));
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await page.AskAsync("One?");
        await page.ExpectAnswerAsync("First.");

        await page.LastReply.GetByText("Details").ClickAsync();

        await page.ExpectAnswerAsync("861 ms in all, 812 ms writing, 1.3 ms moderation");
        await page.ExpectAnswerAsync("24 read, 61 written, 85 in all");
        await page.AskAsync("Two?");
        await page.ExpectAsync("template");
        await page.LastReply.GetByText("Details").ClickAsync();
        await page.ExpectAnswerAsync("held back: illicit activity, violence");
        await page.ExpectAnswerAsync("illicit activity 0.93, violence 0.72");
    }

    [SkippableFact]
    public async Task Markup_in_a_question_or_an_answer_is_text_and_does_not_run()
    {
        const string attack = "<img src=x onerror=\"window.attacked = true\"><script>window.attacked = true</script><b>bold</b>";
        var api = new CannedApi().Then(200, CannedTurns.Answered(attack, attack));
        var page = await api.OpenAsync(await chromium.OpenAsync());

        await page.AskAsync(attack);

        await page.ExpectAnswerAsync(attack);
        await Expect(page.Turns.Locator("img, script, b")).ToHaveCountAsync(0);
        Assert.False(await page.Browser.EvaluateAsync<bool>("'attacked' in window"));
    }

    [SkippableFact]
    public async Task Right_to_left_text_runs_from_right_to_left()
    {
        var api = new CannedApi().Then(200, CannedTurns.Answered("مرحبا", "أهلا وسهلا"));
        var page = await api.OpenAsync(await chromium.OpenAsync());

        await page.AskAsync("مرحبا");

        await page.ExpectAsync("answer");
        await Expect(page.LastReply.Locator(".text")).ToHaveCSSAsync("direction", "rtl");
        await Expect(page.Turns.Locator(".question .text")).ToHaveCSSAsync("direction", "rtl");
    }

    [SkippableFact]
    public async Task A_question_over_the_limit_is_not_sent_and_the_page_says_by_how_much()
    {
        var api = new CannedApi();
        var page = await api.OpenAsync(await chromium.OpenAsync());
        var most = int.Parse((await page.Browser.Locator("#composer").GetAttributeAsync("data-max-length"))!, System.Globalization.CultureInfo.InvariantCulture);

        await page.AskAsync(new string('a', most + 7));

        await Expect(page.Browser.GetByText("7 characters too many")).ToBeVisibleAsync();
        await Expect(page.Box).Not.ToHaveValueAsync("");
        Assert.Empty(api.Requests);
    }

    [SkippableFact]
    public async Task A_new_conversation_starts_empty_and_back_returns_to_the_old_one()
    {
        var answered = CannedTurns.Answered("One?", "First.");
        var api = new CannedApi().Then(200, answered).Then(200, CannedTurns.Conversation(answered.DeepClone()));
        var page = await api.OpenAsync(await chromium.OpenAsync());
        await page.AskAsync("One?");
        await page.ExpectAnswerAsync("First.");

        await page.Button("New conversation").ClickAsync();

        await Expect(page.Turns).ToHaveCountAsync(0);
        await Expect(page.Box).ToBeFocusedAsync();
        await Expect(page.Browser.GetByRole(AriaRole.Heading, new() { Name = "What would you like to know?" })).ToBeVisibleAsync();
        await page.Browser.GoBackAsync();
        await page.ExpectAnswerAsync("First.");
    }
}
