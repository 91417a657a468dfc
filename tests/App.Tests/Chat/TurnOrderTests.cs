using ChatLoop.App.Chat;
using ChatLoop.App.Tests.Fakes;

namespace ChatLoop.App.Tests.Chat;

public sealed class TurnOrderTests
{
    [Fact]
    public async Task A_turn_waits_until_the_one_before_it_has_ended()
    {
        var context = ChatOrchestratorTests.Happy(turnsAhead: 1);
        var turn = ChatOrchestrator.RunAsync(context);
        Assert.False(turn.IsCompleted);
        Assert.DoesNotContain("call ModerateQuestion", context.Actions);

        context.Raise(TurnOrder.TurnBeforeEnded, "before");
        await turn;

        Assert.Contains("call EndTurn", context.Actions);
        Assert.Empty(context.OpenTimers);
    }

    [Fact]
    public async Task A_turn_whose_predecessor_ended_before_it_could_be_told_does_not_wait()
    {
        var context = ChatOrchestratorTests.Happy(turnsAhead: 1).On<TurnInput>(nameof(IsTurnBeforeOpen), _ => false);

        await ChatOrchestrator.RunAsync(context);

        Assert.DoesNotContain($"wait {TurnOrder.TurnBeforeEnded}", context.Actions);
        Assert.Contains("call EndTurn", context.Actions);
    }

    [Fact]
    public async Task An_event_that_comes_before_the_wait_is_not_lost()
    {
        var context = ChatOrchestratorTests.Happy(turnsAhead: 1);
        context.Raise(TurnOrder.TurnBeforeEnded, "before");

        await ChatOrchestrator.RunAsync(context);

        Assert.Contains("call EndTurn", context.Actions);
    }

    [Fact]
    public async Task A_lost_predecessor_is_waited_for_no_longer_than_the_turns_ahead_may_take()
    {
        var context = ChatOrchestratorTests.Happy(turnsAhead: 3);
        var turn = ChatOrchestrator.RunAsync(context);
        Assert.Contains("timer 00:06:00", context.Actions);

        context.FireTimer();
        await turn;

        Assert.Contains("call EndTurn", context.Actions);
    }

    [Fact]
    public async Task A_turn_tells_all_that_follow_it()
    {
        var context = ChatOrchestratorTests.Happy().On<TurnEnd>(nameof(EndTurn), _ => new EndedTurn("next") { OtherTurnIds = ["branch"] });

        await ChatOrchestrator.RunAsync(context);

        Assert.Equal(["send TurnBeforeEnded to next", "send TurnBeforeEnded to branch"], context.Actions.TakeLast(2));
    }

    [Fact]
    public async Task A_turn_with_none_ahead_asks_nobody()
    {
        var context = ChatOrchestratorTests.Happy();

        await ChatOrchestrator.RunAsync(context);

        Assert.DoesNotContain($"call {nameof(IsTurnBeforeOpen)}", context.Actions);
    }
}
