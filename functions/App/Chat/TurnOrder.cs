using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace ChatLoop.App.Chat;

/// <summary>Keeps the turns of one conversation in the order in which they were accepted.</summary>
internal static class TurnOrder
{
    /// <summary>The event that a turn sends to the one after it.</summary>
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

    public static void TellTurnAfter(TaskOrchestrationContext context, TurnInput turn, EndedTurn ended)
    {
        if (ended.NextTurnId is { } next)
            context.SendEvent(next, TurnBeforeEnded, turn.TurnId);
    }
}
