using ChatLoop.App.Chat;
using ChatLoop.App.Moderation;
using ChatLoop.App.Moderation.Review;
using ChatLoop.App.Templates;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Templates;
using Microsoft.DurableTask;

namespace ChatLoop.App.Tests.Chat;

public sealed class ChatOrchestratorTests
{
    [Fact]
    public async Task A_question_is_moderated_answered_moderated_and_replied_to()
    {
        var context = Happy();

        await ChatOrchestrator.RunAsync(context);

        Assert.Equal(
            ["timer 00:02:00", "call ModerateQuestion", "call GenerateAnswer", "call ModerateAnswer", "call EndTurn", "send TurnBeforeEnded to next"],
            context.Actions);
        var end = End(context);
        Assert.Null(end.Template);
        Assert.Equal(3, end.ModerationMs);
        Assert.Equal(50, end.GenerationMs);
        Assert.False(end.Moderation.Question!.Flagged);
        Assert.False(end.Moderation.Answer!.Flagged);
        Assert.Empty(context.OpenTimers);
    }

    [Fact]
    public async Task A_blocked_question_never_reaches_the_model_and_its_template_is_chosen_by_category()
    {
        var context = Happy().On<TurnStep>(nameof(ModerateQuestion), _ => Blocked(TemplateKind.QuestionBlocked, "hate/threatening", "violence"));

        await ChatOrchestrator.RunAsync(context);

        Assert.DoesNotContain(context.Calls, call => call.Activity is nameof(GenerateAnswer) or nameof(ModerateAnswer));
        Assert.Equal(TemplateKind.QuestionBlocked, End(context).Template!.Key.Kind);
        Assert.Equal(["hate/threatening", "violence"], Choice(context).Categories);
        Assert.True(End(context).Moderation.Question!.Flagged);
    }

    [Fact]
    public async Task A_blocked_answer_gets_a_template()
    {
        var context = Happy().On<TurnStep>(nameof(ModerateAnswer), _ => Blocked(TemplateKind.AnswerBlocked, "self-harm"));

        await ChatOrchestrator.RunAsync(context);

        Assert.Equal(TemplateKind.AnswerBlocked, End(context).Template!.Key.Kind);
        Assert.Equal(["self-harm"], Choice(context).Categories);
    }

    [Theory]
    [InlineData(nameof(ModerateQuestion), TemplateKind.ModerationUnavailable, "ModerateQuestion")]
    [InlineData(nameof(GenerateAnswer), TemplateKind.GenerationFailed, "ModerateQuestion,GenerateAnswer")]
    [InlineData(nameof(ModerateAnswer), TemplateKind.ModerationUnavailable, "ModerateQuestion,GenerateAnswer,ModerateAnswer")]
    public async Task A_step_that_fails_three_times_gets_a_template(string step, TemplateKind kind, string stepsRun)
    {
        var attempts = 0;
        var context = Happy().On<TurnStep>(step, _ =>
        {
            attempts++;
            throw new InvalidOperationException("broken");
        });

        await ChatOrchestrator.RunAsync(context);

        Assert.Equal(3, attempts);
        Assert.Equal(kind, End(context).Template!.Key.Kind);
        Assert.Equal([.. stepsRun.Split(','), nameof(ChooseTemplate), nameof(EndTurn)], context.Calls.Select(call => call.Activity));
    }

    [Theory]
    [InlineData(nameof(ModerateQuestion))]
    [InlineData(nameof(GenerateAnswer))]
    [InlineData(nameof(ModerateAnswer))]
    public async Task A_step_that_fails_once_is_tried_again(string step)
    {
        var attempts = 0;
        var context = Happy().On<TurnStep>(step, _ => ++attempts == 1 ? throw new InvalidOperationException("broken") : Passes);

        await ChatOrchestrator.RunAsync(context);

        Assert.Null(End(context).Template);
    }

    [Fact]
    public async Task A_question_that_does_not_fit_the_model_gets_the_template_for_it()
    {
        var context = Happy().On<TurnStep>(nameof(GenerateAnswer), _ => new StepResult(1) { Refusal = TemplateKind.TooLong });

        await ChatOrchestrator.RunAsync(context);

        Assert.Equal(TemplateKind.TooLong, End(context).Template!.Key.Kind);
        Assert.DoesNotContain(context.Calls, call => call.Activity == nameof(ModerateAnswer));
    }

    [Theory]
    [InlineData(nameof(ModerateQuestion))]
    [InlineData(nameof(GenerateAnswer))]
    [InlineData(nameof(ModerateAnswer))]
    public async Task A_turn_whose_time_is_over_gets_a_template_whatever_step_it_is_in(string step)
    {
        var context = Happy().On<TurnStep>(step, Never);
        var turn = ChatOrchestrator.RunAsync(context);
        Assert.False(turn.IsCompleted);

        context.FireTimer();
        await turn;

        Assert.Equal(TemplateKind.TimedOut, End(context).Template!.Key.Kind);
        Assert.Equal("send TurnBeforeEnded to next", context.Actions[^1]);
    }

    [Fact]
    public async Task Steps_know_the_turns_deadline()
    {
        var context = Happy();

        await ChatOrchestrator.RunAsync(context);

        var step = Assert.IsType<TurnStep>(context.Calls[0].Input);
        Assert.Equal(context.CurrentUtcDateTime + TimeSpan.FromMinutes(2), step.Deadline);
    }

    [Fact]
    public async Task A_reply_that_cannot_be_stored_fails_the_orchestration()
    {
        var attempts = 0;
        var context = Happy().On<TurnEnd>(nameof(EndTurn), _ =>
        {
            attempts++;
            throw new IOException("no storage");
        });

        await Assert.ThrowsAsync<TaskFailedException>(() => ChatOrchestrator.RunAsync(context));

        Assert.Equal(15, attempts);
        Assert.Empty(context.OpenTimers);
    }

    [Fact]
    public async Task Nobody_is_told_when_no_turn_follows()
    {
        var context = Happy().On<TurnEnd>(nameof(EndTurn), _ => new EndedTurn(null));

        await ChatOrchestrator.RunAsync(context);

        Assert.DoesNotContain(context.Actions, action => action.StartsWith("send", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_turn_that_is_flagged_is_reviewed_once_it_has_ended()
    {
        var flagged = Passes with { Moderation = Passes.Moderation! with { Review = ["hate"] } };
        var context = Happy().On<TurnStep>(nameof(ModerateAnswer), _ => flagged).On<TurnStep>(nameof(RequestReview), _ => true);

        await ChatOrchestrator.RunAsync(context);

        Assert.Equal(["call EndTurn", "send TurnBeforeEnded to next", "call RequestReview"], context.Actions[^3..]);
    }

    [Fact]
    public void An_input_from_before_there_were_policies_reads_as_closed()
    {
        var input = System.Text.Json.JsonSerializer.Deserialize<TurnInput>("""{ "ConversationId": "c", "TurnId": "t", "TurnsAhead": 0, "TimeLimit": "00:02:00" }""")!;

        Assert.Equal((false, false), (input.OpenToQuestion, input.OpenToAnswer));
    }

    private static StepResult Passes => new(1) { Moderation = new TextModeration(false, [], new Dictionary<string, double>()) };

    internal static OrchestrationContext Happy(int turnsAhead = 0) => new OrchestrationContext(new TurnInput("conversation", "turn", turnsAhead, TimeSpan.FromMinutes(2)))
        .On<TurnInput>(nameof(IsTurnBeforeOpen), _ => true)
        .On<TurnStep>(nameof(ModerateQuestion), _ => Passes)
        .On<TurnStep>(nameof(GenerateAnswer), _ => new StepResult(50))
        .On<TurnStep>(nameof(ModerateAnswer), _ => Passes with { Milliseconds = 2 })
        .On<TemplateChoice>(nameof(ChooseTemplate), choice => new Template(new TemplateKey(choice.Kind, null, "en"), "A template."))
        .On<TurnEnd>(nameof(EndTurn), _ => new EndedTurn("next"));

    internal static Task<object?> Never(TurnStep step) => new TaskCompletionSource<object?>().Task;

    private static StepResult Blocked(TemplateKind kind, params string[] categories) =>
        new(1) { Refusal = kind, Moderation = new TextModeration(true, categories, new Dictionary<string, double> { [categories[0]] = 0.9 }) };

    private static TurnEnd End(OrchestrationContext context) => Assert.IsType<TurnEnd>(context.Calls.Single(call => call.Activity == nameof(EndTurn)).Input);

    private static TemplateChoice Choice(OrchestrationContext context) =>
        Assert.IsType<TemplateChoice>(context.Calls.Single(call => call.Activity == nameof(ChooseTemplate)).Input);
}
