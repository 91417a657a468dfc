using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Conversations;
using ChatLoop.Core.Conversations;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.OpenAi.Completions;

/// <summary>Asks a question as turns: one for each answer that is wanted, in a conversation of its own, since answers to one question are no talk.</summary>
public sealed class CompletionTurns(Turns turns, TurnWait wait, ConversationStore conversations, IOptions<OpenAiOptions> options)
{
    /// <summary>Writes the turns and starts them. A client that goes away stops nothing of it.</summary>
    internal async Task<IReadOnlyList<(Conversation Conversation, string TurnId)>> StartAsync(
        CompletionRequest request, string? userId, string? idempotencyKey, IReadOnlyList<string> languages, DurableTaskClient client)
    {
        var started = new List<(Conversation, string)>();
        for (var choice = 0; choice < request.Choices; choice++)
        {
            var (conversation, turnId) = await turns.AcceptAsync(
                Choice(request, choice), userId, idempotencyKey is null ? null : $"{idempotencyKey} choice {choice} of {request.Choices}", languages);
            started.Add((conversation, turnId));
            if (conversation.ReadTurn(turnId).Reply is null)
                await turns.EnsureStartedAsync(client, conversation, turnId);
        }

        return started;
    }

    /// <exception cref="OpenAiException">One of them takes too long.</exception>
    internal async Task<IReadOnlyList<(Conversation Conversation, Turn Turn)>> WaitAsync(
        IReadOnlyList<(Conversation Conversation, string TurnId)> started, DurableTaskClient client, CancellationToken cancellationToken) =>
        await Task.WhenAll(started.Select(turn => WaitAsync(turn.Conversation, turn.TurnId, client, cancellationToken)));

    private async Task<(Conversation, Turn)> WaitAsync(Conversation conversation, string turnId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (conversation.ReadTurn(turnId).Reply is null && await wait.UntilEndedAsync(client, turnId, options.Value.WaitTimeout, cancellationToken))
            conversation = await conversations.ReadAnsweredAsync(conversation.Id, turnId, cancellationToken);
        var turn = conversation.ReadTurn(turnId);
        return turn.Reply is not null
            ? (conversation, turn)
            : throw OpenAiException.Unavailable("timeout", "The answer takes too long. Try again; with the same Idempotency-Key header, the same answer is waited for.");
    }

    /// <summary>The same seed in all would make all of them the same.</summary>
    private static ChatRequest Choice(CompletionRequest request, int choice) => request.Question.Options.Seed is { } seed && choice > 0
        ? request.Question with { Options = request.Question.Options with { Seed = unchecked(seed + choice) } }
        : request.Question;
}
