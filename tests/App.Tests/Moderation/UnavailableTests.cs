using ChatLoop.App.Tests.Streaming;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Tests.Moderation;

/// <summary>Moderation that does not work, in one direction or the other.</summary>
public sealed class UnavailableTests
{
    [Theory]
    [InlineData(ModerationDirection.Question, false)]
    [InlineData(ModerationDirection.Question, true)]
    [InlineData(ModerationDirection.Answer, false)]
    [InlineData(ModerationDirection.Answer, true)]
    public async Task Closed_lets_nothing_pass(ModerationDirection broken, bool stream)
    {
        // Open to the other direction alone.
        var policy = Policy(Enum.GetValues<ModerationDirection>().Single(direction => direction != broken));

        var turn = await PolicyTurn.RunAsync(policy, new Words { Broken = broken }, "A question.", "One. Two. Three.", stream);

        Assert.Equal((TemplateKind.ModerationUnavailable, "error"), (turn.Reply.Template!.Kind, turn.Reply.FinishReason));
        Assert.Equal(turn.Reply.Text, ReleasedAnswer.Text(turn.Events));
        Assert.DoesNotContain(turn.Events, happened => happened.Text.Contains("One", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ModerationDirection.Question, false)]
    [InlineData(ModerationDirection.Question, true)]
    [InlineData(ModerationDirection.Answer, false)]
    [InlineData(ModerationDirection.Answer, true)]
    public async Task Open_lets_the_text_pass_and_the_turn_says_that_nobody_judged_it(ModerationDirection broken, bool stream)
    {
        var turn = await PolicyTurn.RunAsync(Policy(broken), new Words { Broken = broken }, "A question.", "One. Two. Three.", stream);

        Assert.Equal((ReplySource.Model, "One. Two. Three."), (turn.Reply.Source, turn.Reply.Text));
        Assert.Equal(turn.Reply.Text, ReleasedAnswer.Text(turn.Events));
        Assert.Equal(broken == ModerationDirection.Question, turn.Reply.Moderation.Question!.NotModerated);
        Assert.Equal(broken == ModerationDirection.Answer, turn.Reply.Moderation.Answer!.NotModerated);
    }

    [Fact]
    public async Task Personal_data_is_masked_without_the_moderator_too()
    {
        var policy = Policy(ModerationDirection.Answer) with { PersonalData = new(PersonalDataAction.Mask, PersonalDataAction.Mask) };

        var turn = await PolicyTurn.RunAsync(policy, new Words { Broken = ModerationDirection.Answer }, "A question.", "Write to ana@example.org now.", stream: true);

        Assert.Equal("Write to [EMAIL] now.", turn.Reply.Text);
        Assert.Equal((true, "email"), (turn.Reply.Moderation.Answer!.NotModerated, turn.Reply.Moderation.Answer.Masked!.Single()));
    }

    [Fact]
    public async Task A_turn_that_was_not_moderated_does_not_end_under_a_policy_that_is_closed()
    {
        var world = new Fakes.World();
        var turn = await ReleasedAnswer.AcceptAsync(world);
        await world.GenerateAnswer(new Fakes.ChatModel("Yes.")).RunAsync(turn.Step, default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => turn.EndAsync(new App.Chat.StepResult(0) { Moderation = TextModeration.None }));
    }

    private static ModerationPolicy Policy(ModerationDirection open) => ModerationPolicy.Empty with
    {
        WhenUnavailable = new UnavailablePolicy(
            open == ModerationDirection.Question ? WhenUnavailable.Open : WhenUnavailable.Closed,
            open == ModerationDirection.Answer ? WhenUnavailable.Open : WhenUnavailable.Closed),
    };
}
