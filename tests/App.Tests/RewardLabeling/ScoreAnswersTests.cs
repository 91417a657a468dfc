using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Feedback;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.RewardLabeling;

[Collection(AzuriteTests.Name)]
public sealed class ScoreAnswersTests(AzuriteFixture azurite)
{
    /// <summary>Likes D best: the opposite of what labelers say in these tests.</summary>
    private static readonly Scorer Contrary = new(text => text[0] - 'A');

    [SkippableFact]
    public async Task Scores_of_a_task_are_kept_in_the_order_of_its_answers()
    {
        var world = await WorldAsync(Contrary);
        var task = await world.OpenAsync();

        await ScoreAsync(world, task.Id, RewardLabelingPurpose.PreAnnotation);

        var scores = Assert.Single(await world.Scores.OfTaskAsync(task.Id));
        Assert.Equal([0, 1, 2, 3], scores.Scores);
        Assert.Equal(("fake-reward", false, (double?)null), (scores.Model, scores.IsLabel, scores.TauB));
    }

    [SkippableFact]
    public async Task A_label_of_AI_feedback_stays_one_whatever_is_asked_later()
    {
        var world = await WorldAsync(Contrary);
        var task = await world.OpenAsync();

        await ScoreAsync(world, task.Id, RewardLabelingPurpose.AiFeedback);
        await ScoreAsync(world, task.Id, RewardLabelingPurpose.PreAnnotation);

        Assert.True(Assert.Single(await world.Scores.OfTaskAsync(task.Id)).IsLabel);
    }

    [SkippableFact]
    public async Task Where_people_and_model_differ_a_closed_task_gets_one_follow_up_with_more_labelers()
    {
        var world = await WorldAsync(Contrary);
        var task = await world.OpenAsync(labelers: 1, owner: "ann");
        await world.LabelAsync("bob");

        await ScoreAsync(world, task.Id, RewardLabelingPurpose.Disagreement);
        world.Clock.Now += TimeSpan.FromMinutes(1);
        await ScoreAsync(world, task.Id, RewardLabelingPurpose.Disagreement);

        var followUp = Assert.Single(await world.Tasks.AllAsync().ToListAsync(), other => other.Id != task.Id);
        Assert.Equal((task.Id, 1 + world.Options.FollowUpLabelers), (followUp.FollowUpOf, followUp.Labelers));
        Assert.Empty(followUp.Submissions);
        Assert.Equal(task.Answers, followUp.Answers);
        Assert.Equal(1, await world.OpenRowsAsync());
        Assert.Contains(("task", followUp.Id), await world.Items.ListAsync("ann", default).ToListAsync());
        Assert.Equal(-1, Assert.Single(await world.Scores.OfTaskAsync(task.Id)).TauB);
    }

    [SkippableFact]
    public async Task A_follow_up_has_no_follow_up()
    {
        var world = await WorldAsync(Contrary);
        var followUp = await world.OpenAsync(labelers: 1, change: task => task with { FollowUpOf = $"{99:x32}" });
        await world.LabelAsync("bob");

        await ScoreAsync(world, followUp.Id, RewardLabelingPurpose.Disagreement);

        Assert.Single(await world.Tasks.AllAsync().ToListAsync());
    }

    [SkippableFact]
    public async Task Where_people_and_model_differ_a_task_with_places_left_goes_first()
    {
        var world = await WorldAsync(Contrary);
        await world.OpenAsync(1);
        var disputed = await world.OpenAsync(2);
        await world.LabelAsync("bob");
        await world.LabelAsync("bob");

        await ScoreAsync(world, disputed.Id, RewardLabelingPurpose.Disagreement);

        Assert.Equal(disputed.Id, (await world.NextAsync("cid"))!.Task.Id);
        Assert.Equal(2, (await world.Tasks.AllAsync().ToListAsync()).Count);
    }

    [SkippableFact]
    public async Task Where_they_agree_nothing_follows()
    {
        var world = await WorldAsync(new Scorer(text => 'D' - text[0]));
        var task = await world.OpenAsync(labelers: 1);
        await world.LabelAsync("bob");

        await ScoreAsync(world, task.Id, RewardLabelingPurpose.Disagreement);

        Assert.Equal(1, Assert.Single(await world.Scores.OfTaskAsync(task.Id)).TauB);
        Assert.Single(await world.Tasks.AllAsync().ToListAsync());
    }

    [SkippableFact]
    public async Task Closing_a_task_asks_for_the_model_and_opening_one_too()
    {
        var world = await WorldAsync(Contrary);
        var queue = world.Account.Queues.GetQueueClient(QueueContracts.RewardLabeling.Queue);
        await queue.ClearMessagesAsync();
        await world.OpenAsync(labelers: 1);
        await world.LabelAsync("bob");

        var messages = (await queue.ReceiveMessagesAsync(10)).Value.Select(message => QueueContracts.RewardLabeling.Read(message.Body.ToMemory()).Message!);

        Assert.Equal([RewardLabelingPurpose.PreAnnotation, RewardLabelingPurpose.Disagreement], messages.Select(message => message.Purpose!.Value));
    }

    [SkippableFact]
    public async Task An_answered_turn_is_scored_and_its_score_is_its_users()
    {
        var world = await WorldAsync(Contrary);
        var (conversationId, turnId) = ($"{1:x32}", $"{2:x32}");
        await world.Conversations.ChangeAsync(conversationId, _ => new Conversation
        {
            Id = conversationId,
            UserId = "ann",
            CreatedAt = world.Clock.Now,
            Turns = [new Turn { Id = turnId, Question = "Is ice cold?", AcceptedAt = world.Clock.Now, Reply = World.Reply("C") }],
        });

        await ScoreAsync(world, new AnswerReference(ConversationId: conversationId, TurnId: turnId), RewardLabelingPurpose.AiFeedback);

        Assert.Equal([(turnId, "fake-reward", 2.0)], await world.Scores.OfConversationAsync(conversationId, default));
        var data = new App.RewardLabeling.ScoresOfUser(world.Scores, world.Items);
        Assert.Equal(1, await data.CountAsync("ann", default));
        await data.PurgeAsync("ann", default);
        Assert.Equal(0, await data.CountAsync("ann", default));
        Assert.Empty(await world.Scores.OfConversationAsync(conversationId, default));
    }

    [SkippableFact]
    public async Task What_cannot_be_scored_is_recorded_with_its_reason()
    {
        var (world, without) = (await WorldAsync(Contrary), await WorldAsync(null));
        var task = await world.OpenAsync(change: t => t with { Kind = LabelingTaskKind.Write, Answers = [] });

        await world.ScoreAnswers().RunAsync(LabelingWorld.Message("[]"u8.ToArray()), default);
        await ScoreAsync(world, $"{7:x32}", RewardLabelingPurpose.PreAnnotation);
        await ScoreAsync(world, task.Id, RewardLabelingPurpose.PreAnnotation);
        await ScoreAsync(world, new AnswerReference(ConversationId: $"{8:x32}", TurnId: $"{9:x32}"), RewardLabelingPurpose.AiFeedback);
        await ScoreAsync(without, task.Id, RewardLabelingPurpose.PreAnnotation);

        var reasons = (await world.Failed.ListAsync(null, null, default).ToListAsync()).SelectMany(message => message.Reasons).ToList();
        foreach (var part in new[] { "no JSON object", "There is no labeling task", "has no answers to score", "There is no answered turn" })
            Assert.Single(reasons, reason => reason.Contains(part, StringComparison.Ordinal));
        Assert.Contains("No reward model is loaded", Assert.Single(await without.Failed.ListAsync(null, null, default).ToListAsync()).Reasons[0], StringComparison.Ordinal);
    }

    private static Task ScoreAsync(LabelingWorld world, string taskId, RewardLabelingPurpose purpose) => ScoreAsync(world, new AnswerReference(TaskId: taskId), purpose);

    private static Task ScoreAsync(LabelingWorld world, AnswerReference answer, RewardLabelingPurpose purpose) => world.ScoreAnswers().RunAsync(
        LabelingWorld.Message(new RewardLabelingRequest { SchemaVersion = 1, Id = "r1", Purpose = purpose, Answers = [answer], At = world.Clock.Now }), default);

    private async Task<LabelingWorld> WorldAsync(Scorer? scorer) => new(await Account.CreateAsync(azurite.ConnectionString), scorer);
}
