using ChatLoop.App.Chat;
using ChatLoop.Core.Labeling.Tasks;
using ChatLoop.Core.Moderation;
using ChatLoop.EmbeddedHost.Tests.Azurite;

namespace ChatLoop.App.Tests.Moderation.Review;

[Collection(AzuriteTests.Name)]
public sealed class RequestReviewTests(AzuriteFixture azurite)
{
    private static readonly ModerationPolicy Flags = PolicyTurn.Policy("hate", new CategoryRule(0.5, ModerationAction.Flag));

    [SkippableFact]
    public async Task A_flagged_turn_of_somebody_who_consents_becomes_one_task()
    {
        var world = await ReviewWorld.CreateAsync(azurite.ConnectionString, Flags);
        await world.Consent.SetAsync("ann", true, DateTimeOffset.UnixEpoch, default);
        var turn = await world.AskAsync("A question.", "A bad answer.");
        var step = new TurnStep(turn.ConversationId, turn.TurnId, DateTime.MaxValue);

        Assert.True(await world.RequestReview.RunAsync(step, default));
        Assert.True(await world.RequestReview.RunAsync(step, default));

        var task = Assert.Single(await world.OpenTasksAsync());
        Assert.Equal((LabelingTaskKind.Flag, "A question.", "A bad answer.", "ann"), (task.Kind, task.Prompt.Single().Content, task.Answers.Single().Text, task.Owners.Single()));
    }

    [SkippableFact]
    public async Task A_flagged_question_is_judged_alone()
    {
        var world = await ReviewWorld.CreateAsync(azurite.ConnectionString, Flags);
        await world.Consent.SetAsync("ann", true, DateTimeOffset.UnixEpoch, default);
        var turn = await world.AskAsync("A bad question.", "An answer.");

        await world.RequestReview.RunAsync(new TurnStep(turn.ConversationId, turn.TurnId, DateTime.MaxValue), default);

        Assert.Empty(Assert.Single(await world.OpenTasksAsync()).Answers);
    }

    [SkippableFact]
    public async Task Nobody_sees_a_turn_whose_user_does_not_consent()
    {
        var world = await ReviewWorld.CreateAsync(azurite.ConnectionString, Flags);
        var turn = await world.AskAsync("A question.", "A bad answer.");

        Assert.True(turn.IsReviewed);
        Assert.False(await world.RequestReview.RunAsync(new TurnStep(turn.ConversationId, turn.TurnId, DateTime.MaxValue), default));
        Assert.Empty(await world.OpenTasksAsync());
    }
}
