using ChatLoop.App.Chat;
using ChatLoop.App.Moderation;
using ChatLoop.App.Templates;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Templates;

namespace ChatLoop.App.Tests.Chat;

/// <summary>
/// A host runs an orchestrator again from its start with each new result. Whatever part of the history is there, it must take the
/// same first actions.
/// </summary>
public sealed class ReplayTests
{
    private static readonly string[] Activities =
        [nameof(IsTurnBeforeOpen), nameof(ModerateQuestion), nameof(GenerateAnswer), nameof(ModerateAnswer), nameof(ChooseTemplate), nameof(EndTurn)];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_part_of_the_history_leads_to_the_first_part_of_the_actions(bool turnAhead, bool tooLong)
    {
        var whole = Context(turnAhead, tooLong, pendingFrom: Activities.Length);
        await ChatOrchestrator.RunAsync(whole);

        for (var known = 0; known < Activities.Length; known++)
        {
            var part = Context(turnAhead, tooLong, known);
            var run = ChatOrchestrator.RunAsync(part);

            Assert.Equal(whole.Actions.Take(part.Actions.Count), part.Actions);
            Assert.False(run.IsCompleted);
        }
    }

    private static OrchestrationContext Context(bool turnAhead, bool tooLong, int pendingFrom)
    {
        var context = ChatOrchestratorTests.Happy(turnAhead ? 1 : 0);
        if (tooLong)
            context.On<TurnStep>(nameof(GenerateAnswer), _ => new StepResult(1) { Refusal = TemplateKind.TooLong });
        context.Raise(TurnOrder.TurnBeforeEnded, "before");
        foreach (var activity in Activities.Skip(pendingFrom))
            context.On<object>(activity, _ => new TaskCompletionSource<object?>().Task);
        return context;
    }
}
