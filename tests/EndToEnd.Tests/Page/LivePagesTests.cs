using System.Text.RegularExpressions;
using System.Text.Json.Nodes;
using ChatLoop.EndToEnd.Tests.Loop;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatLoop.EndToEnd.Tests.Page;

/// <summary>Judging, labeling and the administrator's pages, with the app's own answers.</summary>
[Collection(RunningAppCollection.Name)]
public sealed class LivePagesTests(RunningApp app, Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private static readonly string[] Answers = ["A mountain from which hot rock and gas come out of the earth.", "A mountain.", "Seven bananas."];

    private readonly CancellationTokenSource patience = new(TimeSpan.FromMinutes(4));

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_thumb_with_its_reason_and_a_correction_are_there_again_after_a_reload(bool isPhone)
    {
        using var user = NewPerson(out var name);
        var page = new ChatPage(await OpenAsync("", name, isPhone));
        await page.AskAsync("What is a volcano?");
        await page.ExpectAsync("answer");
        var better = page.Browser.GetByRole(AriaRole.Textbox, new() { Name = "Your answer" });

        await page.Button("Bad answer").ClickAsync();
        await page.Button("Not true").ClickAsync();
        await page.LastReply.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.Button("Correct this answer").ClickAsync();
        await better.FillAsync(Answers[0]);
        await page.Button("Save").ClickAsync();
        await Expect(page.Button("Your correction")).ToBeVisibleAsync();
        var conversationId = new Uri(page.Browser.Url).Fragment.TrimStart('#');
        await user.UntilAsync(
            $"/api/feedback?conversationId={conversationId}", found => found["judgements"]!.AsArray().Count == 2 && $"{found}".Contains("untrue", StringComparison.Ordinal), patience.Token);
        await page.Browser.ReloadAsync();

        await Expect(page.Button("Bad answer")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Button("Bad answer").ClickAsync();
        await Expect(page.Button("Not true")).ToHaveAttributeAsync("aria-pressed", "true");
        await LivePage.TakeAsync(page.Browser, "chat-thumb", isPhone);
        await page.Button("Your correction").ClickAsync();
        await Expect(better).ToHaveValueAsync(Answers[0]);
        await LivePage.TakeAsync(page.Browser, "chat-correction", isPhone);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_labeler_ranks_by_click_submits_and_takes_the_next_task(bool isPhone)
    {
        Skip.If(app.Settings is null, "the app may hold tasks of others, of any kind");
        using var labeler = NewPerson(out var name);
        await SubmitTasksAsync(2);
        var page = new LabelingPage(await OpenAsync("labeling", name, isPhone));

        for (var task = 1; task <= 2; task++)
        {
            await Expect(page.Title("Rank the answers")).ToBeVisibleAsync();
            await LivePage.TakeAsync(page.Browser, $"labeling-{task}", isPhone);
            foreach (var letter in (string[])["A", "B", "C"]) await page.Card(letter).ClickAsync();
            await page.ExpectRankingAsync("A", "B", "C");
            await page.Submit.ClickAsync();
            await Expect(page.Title("Thank you: that counts.")).ToBeVisibleAsync();
            await Expect(page.Browser.GetByRole(AriaRole.Row)).ToHaveCountAsync(1 + Answers.Length);
            await LivePage.TakeAsync(page.Browser, $"labeling-result-{task}", isPhone);
            await page.Button("Next task").ClickAsync();
        }

        await Expect(page.Browser.Locator("#progress")).ToContainTextAsync("2 done");
        Assert.Equal(2, (await labeler.GetAsync("/api/labeling/progress", patience.Token))["submitted"]!.GetValue<int>());
    }

    [SkippableFact]
    public async Task The_administrators_pages_show_what_has_happened()
    {
        using var administrator = NewPerson(out var name);
        using var labeler = NewPerson(out _);
        await SubmitTasksAsync(1);
        Assert.NotEqual(0, await Ranking.AllAsync(labeler, task => [.. Enumerable.Range(1, task["answers"]!.AsArray().Count)], patience.Token));
        await ThumbUpAsync();
        await administrator.PostAsync("/api/datasets", null, patience.Token);
        var overview = await administrator.UntilAsync("/api/admin/overview", found => Figure(found, "feedback", "thumbUp") > 0 && Figure(found, "tasks", "closed") > 0, patience.Token);
        // Other tests judge and label in the same app: figures may have grown by now.
        var some = new Regex("^[1-9]");

        foreach (var isPhone in (bool[])[false, true])
        {
            var dashboard = await OpenAsync("dashboard", name, isPhone);
            await Expect(dashboard.Locator(".tile").First).ToContainTextAsync(new Regex("[1-9][0-9]* closed"));
            await Expect(dashboard.Locator("#feedback dd").First).ToHaveTextAsync(some);
            await Expect(dashboard.Locator("#queues tbody tr")).ToHaveCountAsync(overview["queues"]!.AsArray().Count);
            await Expect(dashboard.Locator("#datasets tbody tr")).ToHaveCountAsync(overview["datasets"]!.AsArray().Count);
            await LivePage.TakeAsync(dashboard, "dashboard", isPhone);

            var improvements = await OpenAsync("improvements", name, isPhone);
            await Expect(improvements.Locator(".model")).ToContainTextAsync(["shipped"]);
            await Expect(improvements.GetByRole(AriaRole.Button, new() { Name = "Start an improvement…" })).ToBeEnabledAsync();
            await LivePage.TakeAsync(improvements, "improvements", isPhone);
        }
    }

    public void Dispose() => patience.Dispose();

    /// <summary>Tasks to rank, for one labeler each, whose answers the reward model has scored.</summary>
    private async Task SubmitTasksAsync(int count)
    {
        using var administrator = NewPerson(out _);
        var requests = Enumerable.Range(0, count).Select(_ => new
        {
            id = Name(),
            kind = "rank",
            prompt = new[] { new { role = "user", content = "What is a volcano?" } },
            answers = Answers,
            labelers = 1,
        });
        await administrator.PostAsync("/api/labeling/tasks", requests, patience.Token);
        // One after the other: the first sends to the second.
        foreach (var queue in (string[])["labeling-tasks", "reward-labeling"])
            await administrator.UntilAsync("/api/admin/overview", overview => overview["queues"]!.AsArray().Single(found => ChatApi.Text(found!, "queue") == queue)!["messages"]!.GetValue<int>() == 0, patience.Token);
    }

    private async Task ThumbUpAsync()
    {
        using var user = NewPerson(out _);
        var turn = await ChatApi.AskAsync(user.Http, new { message = "What is a volcano?" }, cancellationToken: patience.Token);
        await user.PostAsync("/api/feedback", new { conversationId = ChatApi.Text(turn, "conversationId"), turnId = ChatApi.Text(turn, "turnId"), kind = "thumbUp", allowDataUse = true }, patience.Token);
    }

    private Task<IPage> OpenAsync(string path, string user, bool isPhone) => LivePage.OpenAsync(chromium, app.Http.BaseAddress!, path, user, isPhone);

    private Person NewPerson(out string name) => new(app.Http.BaseAddress!, name = Name());

    private static string Name() => $"live-{Guid.NewGuid():N}"[..12];

    private static int Figure(JsonNode overview, string part, string name) => overview[part]![name]!.GetValue<int>();
}
