using System.Text.Json;
using System.Text.Json.Nodes;
using ChatLoop.App.Conversations;
using ChatLoop.App.Datasets;
using ChatLoop.App.Tests.Datasets;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.Core.Moderation;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using ChatLoop.EmbeddedHost.Tests.Hosting;

namespace ChatLoop.App.Tests.Moderation.Review;

[Collection(AzuriteTests.Name)]
public sealed class ReportTests(AzuriteFixture azurite)
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blocked_answer_becomes_a_task_that_shows_question_and_answer_and_not_what_moderation_found(bool stream)
    {
        var world = await ReviewWorld.CreateAsync(azurite.ConnectionString, ModerationPolicy.Empty);
        var turn = await world.AskAsync("Who is a@b.de?", "One. A bad thing.", stream);

        var (status, body) = await world.ReportAsync(turn, body: """{ "comment": "Harmless!" }""");

        Assert.Equal((202, "waiting", "Harmless!"), (status, (string?)body!["outcome"], (string?)body["comment"]));
        var task = Assert.Single(await world.OpenTasksAsync());
        Assert.Equal((LabelingTaskKind.Flag, "Who is [EMAIL]?", "ann"), (task.Kind, task.Prompt.Single().Content, task.Owners.Single()));
        Assert.StartsWith("One. A bad", task.Answers.Single().Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hate", JsonSerializer.Serialize(task), StringComparison.Ordinal);
        Assert.Null(await world.Labeling.NextAsync("ann"));
    }

    [SkippableTheory]
    [InlineData("harmless", new[] { "", "", "hate" })]
    [InlineData("harmful", new[] { "hate", "", "violence" })]
    public async Task A_blocked_question_is_judged_alone_and_the_majority_is_told_and_becomes_an_example(string outcome, string[] votes)
    {
        var world = await ReviewWorld.CreateAsync(azurite.ConnectionString, ModerationPolicy.Empty);
        var turn = await world.AskAsync("A bad question?", "Yes.");
        await world.Consent.SetAsync("ann", true, DateTimeOffset.UnixEpoch, default);
        await world.ReportAsync(turn);
        Assert.Empty(Assert.Single(await world.OpenTasksAsync()).Answers);

        foreach (var (index, vote) in votes.Index())
            await world.FlagAsync($"labeler-{index}", vote.Length == 0 ? [] : [vote]);

        Assert.Equal(outcome, (string?)(await world.ReadAsync(turn)).Body!["outcome"]);
        Assert.Equal(turn.TurnId, (string?)(await world.ListAsync()).Body!["reports"]!.AsArray().Single()!["turnId"]);
        var data = new DatasetWorld(world.Account, new DatasetBuildOptions { HeldOutShare = 0 });
        using var folder = new TemporaryFolder();
        await data.Store.DownloadAsync((await data.Builder.BuildAsync(default)).Id, folder.Path, default);
        var example = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "data", "modtrain-loop", "moderation.jsonl")))!;
        Assert.Equal(("A bad question?", "question", false), ((string?)example["text"], (string?)example["direction"], (bool)example["labels"]!["hate"]!));
    }

    [SkippableFact]
    public async Task A_turn_is_reported_once_however_often_its_user_says_so()
    {
        var world = await ReviewWorld.CreateAsync(azurite.ConnectionString, ModerationPolicy.Empty);
        var turn = await world.AskAsync("A bad question.", "Yes.");

        var first = await world.ReportAsync(turn, body: """{ "comment": "first" }""");
        var second = await world.ReportAsync(turn, body: """{ "comment": "second" }""");

        Assert.Equal((202, 202, "first"), (first.Status, second.Status, (string?)second.Body!["comment"]));
        Assert.Single(await world.OpenTasksAsync());
        Assert.Equal(1, await world.Reports.CountAsync("ann", default));
    }

    [SkippableTheory]
    [InlineData("A good question.", "ann", null, 409, "not_blocked")]
    [InlineData("A bad question.", "bob", null, 403, "not_yours")]
    [InlineData("A bad question.", null, null, 401, "unknown_user")]
    [InlineData("A bad question.", "ann", "{", 400, "invalid_json")]
    public async Task What_cannot_be_reported_is_refused(string question, string? user, string? body, int status, string code)
    {
        var world = await ReviewWorld.CreateAsync(azurite.ConnectionString, ModerationPolicy.Empty);
        var turn = await world.AskAsync(question, "Yes.");

        var answer = await world.ReportAsync(turn, user, body);

        Assert.Equal((status, code), (answer.Status, (string?)answer.Body!["error"]!["code"]));
        Assert.Empty(await world.OpenTasksAsync());
        Assert.Equal(404, (await world.ReadAsync(turn)).Status);
    }

    [SkippableFact]
    public async Task A_users_reports_are_exported_and_purged_and_the_withheld_answer_is_not_handed_out()
    {
        var world = await ReviewWorld.CreateAsync(azurite.ConnectionString, ModerationPolicy.Empty);
        var turn = await world.AskAsync("A question.", "A bad answer.");
        await world.ReportAsync(turn, body: """{ "comment": "mine" }""");

        Assert.Equal("mine", (string?)(await world.Reports.ExportAsync("ann", default))![0]!["comment"]);
        var conversations = new ConversationsOfUser(world.World.Conversations, world.World.Removal, world.World.Items);
        Assert.DoesNotContain("bad answer", (await conversations.ExportAsync("ann", default))!.ToJsonString(), StringComparison.Ordinal);
        await world.Reports.PurgeAsync("ann", default);

        Assert.Equal(0, await world.Reports.CountAsync("ann", default));
        Assert.Equal(404, (await world.ReadAsync(turn)).Status);
    }
}
