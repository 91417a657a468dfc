using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using ChatLoop.Inference;

namespace ChatLoop.App.Tests.Labeling;

[Collection(AzuriteTests.Name)]
public sealed class PrepareLabelingTaskTests(AzuriteFixture azurite)
{
    [SkippableFact]
    public async Task Answers_are_drafted_by_the_sources_in_turn_and_the_task_is_opened()
    {
        var world = await WorldAsync();
        var model = Model("Ice is cold.", "It melts at zero degrees.", "Yes, it is.");
        var request = Request(drafts: 3) with { OwnerId = "ann", Sources = [new DraftSource(Temperature: 0.7), new DraftSource(Temperature: 1.2)] };

        await world.Prepare(model).RunAsync(LabelingWorld.Message(request), default);

        var task = (await world.Tasks.FindAsync(QueueContracts.LabelingTasks.Key(request)))!;
        Assert.Equal(["Ice is cold.", "It melts at zero degrees.", "Yes, it is."], task.Answers.Select(answer => answer.Text));
        Assert.Equal([0.7f, 1.2f, 0.7f], model.Asked.Select(asked => asked.Options!.Temperature));
        Assert.Equal(3, model.Asked.Select(asked => asked.Options!.Seed).Distinct().Count());
        Assert.Equal(["ann"], task.Owners);
        Assert.Contains(("task", task.Id), await world.Items.ListAsync("ann", default).ToListAsync());
        Assert.Equal(1, await world.OpenRowsAsync());
        Assert.Empty(await FailedAsync(world));
    }

    [SkippableFact]
    public async Task Delivered_again_the_same_seeds_are_asked_for_and_the_first_task_stands()
    {
        var (world, other) = (await WorldAsync(), await WorldAsync());
        var (first, second) = (Model("One thing.", "Quite another."), Model("A third.", "The fourth."));
        var message = LabelingWorld.Message(Request(drafts: 2));

        await world.Prepare(first).RunAsync(message, default);
        await world.Prepare(second).RunAsync(message, default);
        await other.Prepare(second).RunAsync(message, default);

        Assert.Equal(["One thing.", "Quite another."], Assert.Single(await world.Tasks.AllAsync().ToListAsync()).Answers.Select(answer => answer.Text));
        Assert.Equal(first.Asked.Select(asked => asked.Options!.Seed), second.Asked.Select(asked => asked.Options!.Seed));
        Assert.Equal(1, await world.OpenRowsAsync());
    }

    [SkippableFact]
    public async Task A_crash_after_storing_is_made_up_for_when_the_message_comes_again()
    {
        var world = await WorldAsync();
        var request = Request(drafts: 0) with { Answers = ["a", "b"] };
        await world.Tasks.AddAsync(Stored(request), default);
        Assert.Equal(0, await world.OpenRowsAsync());

        await world.Prepare(Model()).RunAsync(LabelingWorld.Message(request), default);

        Assert.Equal(1, await world.OpenRowsAsync());
    }

    [SkippableFact]
    public async Task A_task_that_was_closed_in_between_is_not_opened_again()
    {
        var world = await WorldAsync();
        var request = Request(drafts: 0) with { Answers = ["a", "b"], Labelers = 1 };
        await world.Prepare(Model()).RunAsync(LabelingWorld.Message(request), default);
        await world.LabelAsync("bob", 1, 2);

        await world.Prepare(Model()).RunAsync(LabelingWorld.Message(request), default);

        Assert.Equal(0, await world.OpenRowsAsync());
        Assert.Single(Assert.Single(await world.Tasks.AllAsync().ToListAsync()).Submissions);
    }

    [SkippableFact]
    public async Task What_is_flagged_empty_or_said_already_is_drafted_again()
    {
        var world = await WorldAsync();
        var model = Model("Ice is cold.", "ice is COLD!", " ", "Ice is bad.", "It melts at zero degrees.");

        await world.Prepare(model, new Moderator("bad")).RunAsync(LabelingWorld.Message(Request(drafts: 2)), default);

        Assert.Equal(["Ice is cold.", "It melts at zero degrees."], Assert.Single(await world.Tasks.AllAsync().ToListAsync()).Answers.Select(answer => answer.Text));
    }

    [SkippableFact]
    public async Task A_task_to_flag_keeps_what_is_to_be_flagged()
    {
        var world = await WorldAsync();
        var request = Request(drafts: 1) with { Kind = LabelingTaskKind.Flag, Prompt = [new PromptMessage("user", "Say something bad.")] };

        await world.Prepare(Model("That is bad."), new Moderator("bad")).RunAsync(LabelingWorld.Message(request), default);

        Assert.Equal("That is bad.", Assert.Single(Assert.Single(await world.Tasks.AllAsync().ToListAsync()).Answers).Text);
    }

    [SkippableFact]
    public async Task What_can_never_become_a_task_is_recorded_with_its_reason()
    {
        var world = await WorldAsync();
        var prepare = world.Prepare(Model("The same.", "The same.", "The same.", "The same.", "The same."), new Moderator("bad", "violence"));

        await prepare.RunAsync(LabelingWorld.Message("{ \"no\": \"message\""u8.ToArray()), default);
        await prepare.RunAsync(LabelingWorld.Message(Request(drafts: 2)), default);
        await prepare.RunAsync(LabelingWorld.Message(Request(drafts: 2) with { Id = "q2", Prompt = [new PromptMessage("user", "How bad?")] }), default);
        await prepare.RunAsync(LabelingWorld.Message(Request(drafts: 2) with { Id = "q3", Sources = [new DraftSource("gpt-9")] }), default);
        var tooLong = world.Prepare(new ChatModel(_ => throw new PromptTooLongException("The prompt has 900 tokens.")));
        await tooLong.RunAsync(LabelingWorld.Message(Request(drafts: 2) with { Id = "q4" }), default);

        Assert.Empty(await world.Tasks.AllAsync().ToListAsync());
        var reasons = await FailedAsync(world);
        foreach (var part in new[] { "cannot be read", "Of 2 drafts 1 could be used", "prompt[0] is flagged by moderation (violence)", "no version gpt-9", "900 tokens" })
            Assert.Single(reasons, reason => reason.Contains(part, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task What_was_asked_before_its_owner_was_purged_is_not_made()
    {
        var world = await WorldAsync();
        var request = Request(drafts: 1) with { OwnerId = "ann" };
        await world.Purges.MarkAsync("ann", request.At.AddSeconds(1), default);

        await world.Prepare(Model("Yes.")).RunAsync(LabelingWorld.Message(request), default);

        Assert.Empty(await world.Tasks.AllAsync().ToListAsync());
    }

    [SkippableFact]
    public async Task A_model_that_fails_is_tried_again_by_the_queue()
    {
        var world = await WorldAsync();
        var prepare = world.Prepare(new ChatModel(_ => throw new IOException("no memory")));

        await Assert.ThrowsAsync<IOException>(() => prepare.RunAsync(LabelingWorld.Message(Request(drafts: 2)), default));

        Assert.Empty(await FailedAsync(world));
    }

    private static LabelingRequest Request(int drafts) => new()
    {
        SchemaVersion = 1,
        Id = "q1",
        SubmittedBy = "admin",
        Kind = LabelingTaskKind.Rank,
        Prompt = [new PromptMessage("user", "Is ice cold?")],
        Drafts = drafts,
        Labelers = 2,
        At = new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero),
    };

    private static LabelingTask Stored(LabelingRequest request) => new()
    {
        Id = QueueContracts.LabelingTasks.Key(request),
        Kind = LabelingTaskKind.Rank,
        Prompt = request.Prompt,
        Answers = [.. request.Answers.Select(text => new TaskAnswer(text))],
        Labelers = request.Labelers,
        OpenedAt = request.At,
    };

    private static ChatModel Model(params string[] texts)
    {
        var left = new Queue<string>(texts);
        return new ChatModel(_ => Task.FromResult(ChatModel.Response(left.Dequeue())));
    }

    private static async Task<List<string>> FailedAsync(LabelingWorld world) =>
        [.. (await world.Failed.ListAsync(null, null, default).ToListAsync()).SelectMany(message => message.Reasons)];

    private async Task<LabelingWorld> WorldAsync() => new(await Account.CreateAsync(azurite.ConnectionString));
}
