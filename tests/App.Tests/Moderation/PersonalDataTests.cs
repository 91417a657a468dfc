using System.Text;
using ChatLoop.App.Streaming;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Privacy;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Tests.Moderation;

/// <summary>Personal data in questions and answers, by each action, read along and not.</summary>
public sealed class PersonalDataTests
{
    private const string Question = "I am ana@example.org, call 0171 1234567.";
    private const string Answer = "Your card is 4111 1111 1111 1111. Your mail is ana@example.org, and your phone +49 30 1234567 or so. Bye.";
    private const string Masked = "Your card is [CARD]. Your mail is [EMAIL], and your phone [PHONE] or so. Bye.";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Masked_data_is_neither_stored_nor_shown_nor_read_by_the_model(bool stream)
    {
        var turn = await RunAsync(PersonalDataAction.Mask, stream);

        Assert.Equal("I am [EMAIL], call [PHONE].", turn.Turn.Question);
        Assert.Equal("I am [EMAIL], call [PHONE].", turn.Model.Asked[0].Messages[^1].Text);
        Assert.Equal(Masked, turn.Reply.Text);
        Assert.Equal(["email", "phone"], turn.Reply.Moderation.Question!.Masked);
        Assert.Equal(["email", "paymentCard", "phone"], turn.Reply.Moderation.Answer!.Masked);
        Assert.DoesNotContain("ana", turn.World.Blobs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1111", turn.World.Blobs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_chunk_that_is_released_cuts_through_a_number()
    {
        var turn = await RunAsync(PersonalDataAction.Mask, stream: true);

        Assert.DoesNotContain(turn.Events, happened => happened.Kind == TurnEventKind.Replaced);
        Assert.True(turn.Events.Count(happened => happened.Kind == TurnEventKind.Delta) > 3);
        var released = new StringBuilder();
        foreach (var happened in turn.Events.Where(happened => happened.Kind == TurnEventKind.Delta))
            Assert.StartsWith(released.Append(happened.Text).ToString(), Masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Blocked_data_is_answered_by_its_own_template_and_none_of_it_is_released(bool stream)
    {
        var policy = ModerationPolicy.Empty with { PersonalData = new PersonalDataPolicy(PersonalDataAction.Block, PersonalDataAction.Block) };

        var question = await PolicyTurn.RunAsync(policy, new Words(), Question, "Yes.", stream);
        var answer = await PolicyTurn.RunAsync(policy, new Words(), "A question.", Answer, stream);

        Assert.Equal(new TemplateKey(TemplateKind.QuestionBlocked, PersonalDataPolicy.Category, "en"), question.Reply.Template);
        Assert.Equal(new TemplateKey(TemplateKind.AnswerBlocked, PersonalDataPolicy.Category, "en"), answer.Reply.Template);
        Assert.DoesNotContain(answer.Events, happened => happened.Text.Contains("4111", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PersonalDataAction.Flag, true)]
    [InlineData(PersonalDataAction.Off, false)]
    public async Task Flagged_data_passes_and_is_reviewed_and_without_an_action_nobody_looks(PersonalDataAction action, bool reviewed)
    {
        var turn = await RunAsync(action, stream: false);

        Assert.Equal((Question, Answer, reviewed), (turn.Turn.Question, turn.Reply.Text, turn.IsReviewed));
    }

    [Fact]
    public async Task Only_the_kinds_of_the_policy_count()
    {
        var policy = ModerationPolicy.Empty with { PersonalData = new PersonalDataPolicy(PersonalDataAction.Mask, PersonalDataAction.Mask, [PersonalDataKind.Phone]) };

        var turn = await PolicyTurn.RunAsync(policy, new Words(), Question, "Yes.", stream: false);

        Assert.Equal("I am ana@example.org, call [PHONE].", turn.Turn.Question);
    }

    private static Task<PolicyTurn> RunAsync(PersonalDataAction action, bool stream) => PolicyTurn.RunAsync(
        ModerationPolicy.Empty with { PersonalData = new PersonalDataPolicy(action, action) }, new Words(), Question, Answer, stream);
}
