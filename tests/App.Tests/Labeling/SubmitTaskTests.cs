using System.Text.Json.Nodes;
using ChatLoop.App.Labeling;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Labeling;

[Collection(AzuriteTests.Name)]
public sealed class SubmitTaskTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task Ranks_of_the_order_shown_are_stored_in_the_order_stored_and_only_then_the_model_says_what_it_thinks()
    {
        var world = await WorldAsync(new Scorer(text => text[0] - 'A'));
        var task = await world.OpenAsync();
        await world.ScoreAnswers().RunAsync(LabelingWorld.Message(Request(task.Id)), default);

        var (status, next) = await NextAsync(world, "ann");
        string[] shown = [.. next!["task"]!["answers"]!.AsArray().Select(answer => (string)answer!["text"]!)];
        // The labeler ranks by the alphabet, wherever the answers stand.
        var ranks = string.Join(',', shown.Select(text => text[0] - 'A' + 1));
        var (submitted, body) = await SubmitAsync(world, task.Id, "ann", $$"""{ "id": "s1", "ranks": [{{ranks}}] }""");

        Assert.Equal((200, 200), (status, submitted));
        Assert.Equal([1, 2, 3, 4], (await world.Tasks.FindAsync(task.Id))!.Submissions[0].Ranks!);
        Assert.Equal(shown.Select(text => (double)(text[0] - 'A')), body!["reward"]!["scores"]!.AsArray().Select(score => (double)score!));
        Assert.Equal(("fake-reward", true, "submitted"), ((string?)body["reward"]!["model"], (bool)body["accepted"]!, (string?)body["task"]!["state"]));
    }

    [SkippableFact]
    public async Task A_labeler_is_not_told_what_would_sway_them()
    {
        var world = await WorldAsync(new Scorer(_ => 1));
        await world.OpenAsync(change: task => task with { GoldRanks = [1, 2, 3, 4] });

        var (_, next) = await NextAsync(world, "ann");
        var (_, held) = await LabelingWorld.AnswerAsync(new NextTask(world.Desk, world.Requests).ListAsync(LabelingWorld.Http("ann"), default));

        Assert.Equal(["answers", "kind", "labelers", "prompt", "submissions", "taskId"], next!["task"]!.AsObject().Select(field => field.Key).Order());
        Assert.Equal(["text"], next["task"]!["answers"]![0]!.AsObject().Select(field => field.Key));
        Assert.Equal(next.ToJsonString(), Assert.Single(held!["tasks"]!.AsArray())!.ToJsonString());
    }

    [SkippableFact]
    public async Task Sent_again_it_counts_once_and_is_answered_the_same()
    {
        var world = await WorldAsync();
        var task = await world.OpenAsync(labelers: 1);
        await NextAsync(world, "ann");

        var (_, first) = await SubmitAsync(world, task.Id, "ann", """{ "id": "s1", "ranks": [1,2,3,4] }""");
        var (status, second) = await SubmitAsync(world, task.Id, "ann", """{ "id": "s1", "ranks": [1,2,3,4] }""");

        Assert.Equal(200, status);
        Assert.Equal(first!.ToJsonString(), second!.ToJsonString());
        Assert.Single((await world.Tasks.FindAsync(task.Id))!.Submissions);
        Assert.Contains("\"s1\"", await world.Account.Journal.ReadAsync("ann", "submissions-0000.jsonl", default), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_is_refused_says_why_and_changes_nothing()
    {
        var world = await WorldAsync();
        var task = await world.OpenAsync(labelers: 1);
        var notLeased = await SubmitAsync(world, task.Id, "ann", """{ "id": "s1", "ranks": [1,2,3,4] }""");
        await NextAsync(world, "ann");
        var invalid = await SubmitAsync(world, task.Id, "ann", """{ "id": "s1", "ranks": [1,2] }""");
        var unreadable = await SubmitAsync(world, task.Id, "ann", """{ "id": 5 }""");
        var nobody = await SubmitAsync(world, task.Id, null, "{}");
        var unknown = await SubmitAsync(world, "../x", "ann", """{ "id": "s1", "ranks": [1,2,3,4] }""");
        await SubmitAsync(world, task.Id, "ann", """{ "id": "s1", "ranks": [1,2,3,4] }""");
        var closed = await SubmitAsync(world, task.Id, "bob", """{ "id": "s2", "ranks": [1,2,3,4] }""");

        Assert.Equal(
            [(409, "not_leased"), (422, "invalid"), (400, "invalid_json"), (401, "unknown_user"), (404, "not_found"), (410, "closed")],
            new[] { notLeased, invalid, unreadable, nobody, unknown, closed }.Select(answer => (answer.Status, (string?)answer.Body!["error"]!["code"])));
        Assert.Empty(await world.Items.ListAsync("bob", default).ToListAsync());
    }

    [SkippableFact]
    public async Task A_skipped_task_does_not_come_back_and_progress_counts_what_was_done()
    {
        var world = await WorldAsync();
        var tasks = new[] { await world.OpenAsync(1), await world.OpenAsync(2), await world.OpenAsync(3) };
        var skip = new SkipTask(world.Submissions, world.Requests, world.Clock);
        await NextAsync(world, "ann");

        var (without, _) = await LabelingWorld.AnswerAsync(skip.RunAsync(LabelingWorld.Http("ann", "{}"), tasks[0].Id, default));
        var (status, _) = await LabelingWorld.AnswerAsync(skip.RunAsync(LabelingWorld.Http("ann", """{ "reason": "tooHard" }"""), tasks[0].Id, default));
        await world.LabelAsync("ann");
        var (_, next) = await NextAsync(world, "ann");
        var (_, progress) = await LabelingWorld.AnswerAsync(new LabelingProgress(world.Labelers, world.Index, world.Requests, world.Clock).RunAsync(LabelingWorld.Http("ann"), default));

        Assert.Equal((400, 200, tasks[2].Id), (without, status, (string?)next!["task"]!["taskId"]));
        Assert.Equal("""{"submitted":1,"skipped":1,"held":1,"open":3}""", progress!.ToJsonString());
        Assert.Equal(SkipReason.TooHard, Assert.Single((await world.Tasks.FindAsync(tasks[0].Id))!.Skips).Reason);
    }

    [Fact]
    public void Every_kind_of_task_has_guidelines()
    {
        var guidelines = Guidelines.Load(AppContext.BaseDirectory);

        Assert.Equal(["flag", "rank", "rate", "write"], guidelines.ByKind.Keys.Order());
        Assert.All(guidelines.ByKind.Values, text => Assert.StartsWith("# ", text, StringComparison.Ordinal));
    }

    private static RewardLabelingRequest Request(string taskId) => new()
    {
        SchemaVersion = 1,
        Id = "r1",
        Purpose = RewardLabelingPurpose.PreAnnotation,
        Answers = [new AnswerReference(TaskId: taskId)],
        At = DateTimeOffset.UnixEpoch,
    };

    private static Task<(int Status, JsonNode? Body)> NextAsync(LabelingWorld world, string labeler) =>
        LabelingWorld.AnswerAsync(new NextTask(world.Desk, world.Requests).RunAsync(LabelingWorld.Http(labeler), default));

    private static Task<(int Status, JsonNode? Body)> SubmitAsync(LabelingWorld world, string taskId, string? labeler, string body) =>
        LabelingWorld.AnswerAsync(new SubmitTask(world.Submissions, world.Tasks, world.Scores, world.Requests, world.Clock).RunAsync(LabelingWorld.Http(labeler, body), taskId, default));

    private async Task<LabelingWorld> WorldAsync(Scorer? scorer = null) => new(await Account.CreateAsync(azurite.ConnectionString), scorer);
}
