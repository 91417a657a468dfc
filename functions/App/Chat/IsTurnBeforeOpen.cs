using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Chat;

/// <summary>Whether the turn that this one follows has no reply yet.</summary>
public sealed class IsTurnBeforeOpen(ConversationStore conversations)
{
    [Function(nameof(IsTurnBeforeOpen))]
    public Task<bool> RunAsync([ActivityTrigger] TurnInput turn, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
        (await conversations.FindAsync(turn.ConversationId, cancellationToken))?.FindUnansweredBefore(turn.TurnId) is not null);
}
