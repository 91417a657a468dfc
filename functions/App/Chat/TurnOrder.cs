using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Chat;

/// <summary>Has each turn wait for the one that it follows. Turns of different branches do not wait for each other.</summary>
internal static class TurnOrder
{
    /// <summary>The event that a turn sends to those after it.</summary>
    public const string TurnBeforeEnded = nameof(TurnBeforeEnded);

    public static async Task WaitForTurnBeforeAsync(TaskOrchestrationContext context, TurnInput turn)
    {
        // This instance exists by now: a turn before that ended earlier shows here, and one that ends later will send its event.
        if (turn.TurnsAhead == 0 || !await context.CallActivityAsync<bool>(nameof(IsTurnBeforeOpen), turn, RetryPolicies.Storage))
            return;

        // Each turn ahead may take its whole time; one that is lost must not hold this one for ever.
        var limit = turn.TurnsAhead * turn.TimeLimit;
        try
        {
            await context.WaitForExternalEvent<string>(TurnBeforeEnded, limit);
        }
        catch (OperationCanceledException)
        {
            context.CreateReplaySafeLogger(nameof(ChatOrchestrator)).TurnBeforeLost(turn.TurnId, limit);
        }
    }

    public static void TellTurnsAfter(TaskOrchestrationContext context, TurnInput turn, EndedTurn ended)
    {
        foreach (var next in ended.Waiting)
            context.SendEvent(next, TurnBeforeEnded, turn.TurnId);
    }
}
