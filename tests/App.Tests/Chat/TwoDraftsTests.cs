using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Moderation;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatLoop.App.Tests.Chat;

public sealed class TwoDraftsTests
{
    private static readonly TextModeration Clean = new(false, [], new Dictionary<string, double>());
    private readonly World world = new();

    [Fact]
    public async Task A_second_draft_goes_the_way_of_the_first()
    {
        var context = Context();

        await ChatOrchestrator.RunAsync(context);

        Assert.Equal(
            [nameof(ModerateQuestion), nameof(GenerateAnswer), nameof(ModerateAnswer), "GenerateAlternative", "ModerateAlternative", nameof(EndTurn)],
            context.Calls.Select(call => call.Activity));
        var end = End(context);
        Assert.False(end.Alternative!.Flagged);
        Assert.Equal((120, 6), (end.GenerationMs, end.ModerationMs));
    }

    [Theory]
    [InlineData(GenerateAnswer.Alternative)]
    [InlineData(ModerateAnswer.Alternative)]
    public async Task A_second_draft_that_fails_leaves_the_first(string step)
    {
        var context = Context().On<TurnStep>(step, _ => throw new InvalidOperationException("broken"));

        await ChatOrchestrator.RunAsync(context);

        Assert.Null(End(context).Template);
        Assert.Null(End(context).Alternative);
    }

    [Fact]
    public async Task A_second_draft_that_is_flagged_or_late_leaves_the_first()
    {
        var flagged = Context().On<TurnStep>(ModerateAnswer.Alternative, _ => new StepResult(1) { Refusal = TemplateKind.AnswerBlocked, Moderation = Clean with { Flagged = true } });
        await ChatOrchestrator.RunAsync(flagged);
        var late = Context().On<TurnStep>(GenerateAnswer.Alternative, ChatOrchestratorTests.Never);
        var turn = ChatOrchestrator.RunAsync(late);
        late.FireTimer();
        await turn;

        foreach (var context in new[] { flagged, late })
            Assert.Equal((null, null), (End(context).Template, End(context).Alternative));
    }

    [Fact]
    public async Task A_blocked_first_draft_is_the_end_of_it()
    {
        var context = Context().On<TurnStep>(nameof(ModerateAnswer), _ => new StepResult(1) { Refusal = TemplateKind.AnswerBlocked, Moderation = Clean with { Flagged = true } });

        await ChatOrchestrator.RunAsync(context);

        Assert.DoesNotContain(context.Calls, call => call.Activity is GenerateAnswer.Alternative or ModerateAnswer.Alternative);
        Assert.Equal(TemplateKind.AnswerBlocked, End(context).Template!.Key.Kind);
    }

    [Fact]
    public async Task A_part_of_the_history_leads_to_the_first_part_of_the_actions()
    {
        string[] activities = [nameof(ModerateQuestion), nameof(GenerateAnswer), nameof(ModerateAnswer), GenerateAnswer.Alternative, ModerateAnswer.Alternative, nameof(EndTurn)];
        var whole = Context();
        await ChatOrchestrator.RunAsync(whole);

        for (var known = 0; known < activities.Length; known++)
        {
            var part = Context();
            foreach (var activity in activities.Skip(known))
                part.On<object>(activity, _ => new TaskCompletionSource<object?>().Task);
            var run = ChatOrchestrator.RunAsync(part);

            Assert.Equal(whole.Actions.Take(part.Actions.Count), part.Actions);
            Assert.False(run.IsCompleted);
        }
    }

    [Fact]
    public void An_input_from_before_there_were_two_drafts_reads_as_one() => Assert.False(
        System.Text.Json.JsonSerializer.Deserialize<TurnInput>("""{ "ConversationId": "c", "TurnId": "t", "TurnsAhead": 0, "TimeLimit": "00:02:00" }""")!.TwoDrafts);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1000, 1000)]
    [InlineData(0.25, 200, 300)]
    public void The_rate_is_the_share_of_turns_that_get_two(double rate, int least, int most)
    {
        string[] turns = [.. Enumerable.Range(0, 1000).Select(n => $"turn {n}")];

        Assert.InRange(turns.Count(turn => DraftLot.Falls(turn, rate)), least, most);
        Assert.All(turns, turn => Assert.Equal(DraftLot.Falls(turn, rate), DraftLot.Falls(turn, rate)));
        Assert.InRange(turns.Count(DraftLot.SecondIsLeft), 400, 600);
    }

    [Fact]
    public async Task A_turn_is_started_with_two_drafts_as_the_rate_says()
    {
        world.Options.DraftsRate = 1;
        var (conversation, turnId) = await world.AcceptAsync("Hi");

        await world.Turns.EnsureStartedAsync(world.Durable, conversation, turnId);

        Assert.True(Assert.IsType<TurnInput>(Assert.Single(world.Durable.Started)).TwoDrafts);
    }

    [Fact]
    public async Task The_second_draft_is_written_with_a_temperature_and_a_seed_of_its_own_and_once()
    {
        world.Options.DraftsTemperature = 1.5;
        var (conversation, turnId) = await world.AcceptAsync("Hi");
        var model = new ChatModel("Another answer.");
        var activity = world.GenerateAnswer(model);
        var step = new TurnStep(conversation.Id, turnId, DateTime.UtcNow.AddHours(1));

        Assert.True((await activity.RunAlternativeAsync(step, default)).Passed);
        Assert.True((await activity.RunAlternativeAsync(step, default)).Passed);

        var (_, options) = Assert.Single(model.Asked);
        Assert.Equal((1.5f, DraftLot.Seed(turnId)), (options!.Temperature, options.Seed));
        var turn = (await world.Conversations.ReadAsync(conversation.Id)).ReadTurn(turnId);
        Assert.Equal((null, "Another answer."), (turn.Draft, turn.Alternative!.Text));
    }

    [Theory]
    [InlineData("A bad answer", TemplateKind.AnswerBlocked)]
    [InlineData("A good answer", null)]
    public async Task The_second_draft_is_judged_and_not_the_first(string text, TemplateKind? refusal)
    {
        var (conversation, turnId) = await world.AcceptAsync("Hi");
        await world.Conversations.ChangeAsync(conversation.Id, stored => stored!.KeepAlternative(turnId, new Draft(text, "stop", null, 1)));
        var activity = new ModerateAnswer(world.Conversations, world.Judge(new Moderator("bad", "hate")));

        Assert.Equal(refusal, (await activity.RunAlternativeAsync(new TurnStep(conversation.Id, turnId, DateTime.MaxValue), default)).Refusal);
    }

    [Theory]
    [InlineData("Ice is frozen water.", false, true)]
    // Says the same as the first.
    [InlineData("one answer to  your Question!", false, false)]
    [InlineData("Ice is frozen water.", true, false)]
    [InlineData("Ice is frozen water.", null, false)]
    public async Task Two_answers_are_shown_where_both_passed_and_differ(string second, bool? flagged, bool two)
    {
        var (conversation, turnId) = await world.AcceptAsync("Hi");
        await world.Conversations.ChangeAsync(conversation.Id, stored => stored!
            .KeepDraft(turnId, new Draft("One answer to your question.", "stop", null, 1)).KeepAlternative(turnId, new Draft(second, "length", null, 1)));

        await world.EndTurn().RunAsync(
            new TurnEnd(conversation.Id, turnId, null, new TurnModeration(Clean, Clean)) { Alternative = flagged is { } f ? Clean with { Flagged = f } : null }, default);

        var stored = await world.Conversations.ReadAsync(conversation.Id);
        var turn = stored.ReadTurn(turnId);
        Assert.Equal((null, null), (turn.Draft, turn.Alternative));
        Assert.Equal("One answer to your question.", turn.Reply!.Text);
        var view = Assert.IsType<AnsweredTurn>(TurnViews.Of(stored, turn));
        Assert.Equal(two ? ["Ice is frozen water.", "One answer to your question."] : null, view.Drafts?.Select(draft => draft.Text).Order());
        Assert.Null(view.Choice);
        var chosen = stored.Choose(turnId, new DraftChoice("b", "m", DateTimeOffset.UnixEpoch));
        Assert.Equal(two ? "b" : null, Assert.IsType<AnsweredTurn>(TurnViews.Of(chosen, chosen.ReadTurn(turnId))).Choice);
    }

    private static OrchestrationContext Context() => new OrchestrationContext(new TurnInput("conversation", "turn", 0, TimeSpan.FromMinutes(2)) { TwoDrafts = true })
        .On<TurnStep>(nameof(ModerateQuestion), _ => new StepResult(1) { Moderation = Clean })
        .On<TurnStep>(nameof(GenerateAnswer), _ => new StepResult(50))
        .On<TurnStep>(nameof(ModerateAnswer), _ => new StepResult(2) { Moderation = Clean })
        .On<TurnStep>(GenerateAnswer.Alternative, _ => new StepResult(70))
        .On<TurnStep>(ModerateAnswer.Alternative, _ => new StepResult(3) { Moderation = Clean })
        .On<App.Templates.TemplateChoice>(nameof(App.Templates.ChooseTemplate), choice => new Template(new TemplateKey(choice.Kind, null, "en"), "A template."))
        .On<TurnEnd>(nameof(EndTurn), _ => new EndedTurn(null));

    private static TurnEnd End(OrchestrationContext context) => Assert.IsType<TurnEnd>(context.Calls.Single(call => call.Activity == nameof(EndTurn)).Input);
}
