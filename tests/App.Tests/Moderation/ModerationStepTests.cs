using ChatLoop.App.Chat;
using ChatLoop.App.Moderation;
using ChatLoop.App.Templates;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.App.Tests.Moderation;

public sealed class ModerationStepTests
{
    private readonly World world = new();
    private readonly TurnModerator moderator = new(new Moderator("bad", "hate/threatening", "hate"), ModerationPolicy.Empty, TimeProvider.System, NullLogger<TurnModerator>.Instance);

    [Theory]
    [InlineData("A good question", null)]
    [InlineData("A bad question", TemplateKind.QuestionBlocked)]
    public async Task The_question_is_judged(string question, TemplateKind? refusal)
    {
        var (conversation, turnId) = await world.AcceptAsync(question);

        var result = await new ModerateQuestion(world.Conversations, world.List, moderator, Screening()).RunAsync(new TurnStep(conversation.Id, turnId, DateTime.MaxValue), default);

        Assert.Equal(refusal, result.Refusal);
        Assert.Equal(refusal is not null, result.Moderation!.Flagged);
        Assert.Equal(refusal is null ? [] : ["hate/threatening", "hate"], result.Moderation.Categories);
        Assert.Equal(0.1235, result.Moderation.Scores["hate/threatening"]);
    }

    [Theory]
    [InlineData("A good answer", null)]
    [InlineData("A bad answer", TemplateKind.AnswerBlocked)]
    public async Task The_draft_is_judged_and_not_the_question(string draft, TemplateKind? refusal)
    {
        var (conversation, turnId) = await world.AcceptAsync("A bad question");
        await world.Conversations.ChangeAsync(conversation.Id, stored => stored!.KeepDraft(turnId, new Draft(draft, "stop", null, 1)));

        var result = await new ModerateAnswer(world.Conversations, moderator).RunAsync(new TurnStep(conversation.Id, turnId, DateTime.MaxValue), default);

        Assert.Equal(refusal, result.Refusal);
    }

    [Fact]
    public async Task Without_an_answer_there_is_no_verdict()
    {
        var (conversation, turnId) = await world.AcceptAsync("Hi");

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new ModerateAnswer(world.Conversations, moderator).RunAsync(new TurnStep(conversation.Id, turnId, DateTime.MaxValue), default));
    }

    private PreludeScreening Screening() => new(
        world.Conversations, moderator, TemplateFolder.Load(Path.Combine(AppContext.BaseDirectory, "Templates"), "en"), TimeProvider.System);
}
