using ChatLoop.App.Chat;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Tests.Chat;

public sealed class EndTurnTests
{
    private static readonly TextModeration Clean = new(false, [], new Dictionary<string, double>());
    private static readonly TextModeration Flagged = new(true, ["hate"], new Dictionary<string, double>());
    private readonly World world = new();

    [Fact]
    public async Task An_answer_that_passed_is_stored_and_its_draft_goes()
    {
        var end = await TurnAsync();

        await Activity.RunAsync(end with { ModerationMs = 1, GenerationMs = 2 }, default);

        var turn = await ReadAsync(end);
        Assert.Null(turn.Draft);
        Assert.Equal(("An answer.", ReplySource.Model, "length"), (turn.Reply!.Text, turn.Reply.Source, turn.Reply.FinishReason));
        Assert.Equal((1, 2), (turn.Reply.Timings.ModerationMs, turn.Reply.Timings.GenerationMs));
        Assert.Equal(new Usage(1, 2), turn.Reply.Usage);
    }

    [Theory]
    [InlineData(TemplateKind.QuestionBlocked, "content_filter")]
    [InlineData(TemplateKind.AnswerBlocked, "content_filter")]
    [InlineData(TemplateKind.ModerationUnavailable, "error")]
    [InlineData(TemplateKind.GenerationFailed, "error")]
    [InlineData(TemplateKind.TimedOut, "timeout")]
    [InlineData(TemplateKind.TooLong, "length")]
    public async Task A_template_says_why_it_answers(TemplateKind kind, string finishReason)
    {
        var template = new Template(new TemplateKey(kind, null, "de"), "Vorlage");
        var end = await TurnAsync() with { Template = template };

        await Activity.RunAsync(end, default);

        var reply = (await ReadAsync(end)).Reply!;
        Assert.Equal(("Vorlage", ReplySource.Template, finishReason, template.Key), (reply.Text, reply.Source, reply.FinishReason, reply.Template));
    }

    [Fact]
    public async Task The_first_reply_stands_and_the_next_turn_is_named_each_time()
    {
        var end = await TurnAsync();
        var (_, next) = await world.AcceptAsync("Next", end.ConversationId);

        var first = await Activity.RunAsync(end, default);
        var second = await Activity.RunAsync(end with { Template = new Template(new TemplateKey(TemplateKind.TimedOut, null, "en"), "Late.") }, default);

        Assert.Equal((next, next), (first.NextTurnId, second.NextTurnId));
        Assert.Equal("An answer.", (await ReadAsync(end)).Reply!.Text);
    }

    public static TheoryData<TurnModeration> NotPassed => [new TurnModeration(null, null), new(Clean, null), new(null, Clean), new(Clean, Flagged), new(Flagged, Clean)];

    [Theory]
    [MemberData(nameof(NotPassed))]
    public async Task An_answer_that_has_not_passed_on_both_sides_is_never_stored_as_the_reply(TurnModeration moderation)
    {
        var end = await TurnAsync() with { Moderation = moderation };

        await Assert.ThrowsAsync<InvalidOperationException>(() => Activity.RunAsync(end, default));

        Assert.Null((await ReadAsync(end)).Reply);
    }

    private EndTurn Activity => world.EndTurn();

    private async Task<TurnEnd> TurnAsync()
    {
        var (conversation, turnId) = await world.AcceptAsync("Hi");
        await world.Conversations.ChangeAsync(conversation.Id, stored => stored!.KeepDraft(turnId, new Draft("An answer.", "length", new Usage(1, 2), 3)));
        return new TurnEnd(conversation.Id, turnId, null, new TurnModeration(Clean, Clean));
    }

    private async Task<Turn> ReadAsync(TurnEnd end) => (await world.Conversations.ReadAsync(end.ConversationId)).ReadTurn(end.TurnId);
}
