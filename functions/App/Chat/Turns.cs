using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Conversations;
using ChatLoop.App.Storage;
using ChatLoop.Core.Conversations;
using ChatLoop.Core.Moderation;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Chat;

/// <summary>
/// Accepts turns and starts their orchestrations: first the turn is written into its conversation, then its orchestration is
/// started under the turn's id. Whoever comes by a written turn without an orchestration starts it.
/// </summary>
public sealed class Turns(ConversationStore conversations, IdempotencyKeys keys, ConversationList list, ModerationPolicy policy, IOptions<TurnOptions> options, TimeProvider time, ILogger<Turns> logger)
{
    /// <summary>Writes the question into its conversation, unless the same key has done so already.</summary>
    /// <param name="userId">Who asks; null where nobody is named.</param>
    /// <exception cref="ChatRequestException">The conversation or the turn to follow is unknown, the conversation somebody else's or full, or the key belongs to another request.</exception>
    internal async Task<(Conversation Conversation, string TurnId)> AcceptAsync(ChatRequest request, string? userId, string? idempotencyKey, IReadOnlyList<string> languages)
    {
        Conversation? known = null;
        if (request.ConversationId is { } id)
            ConversationOwner.Check(known = await conversations.FindAsync(id) ?? throw NotFound(id), userId);

        var (conversationId, turnId) = await NameAsync(request, userId, idempotencyKey);
        // Before anything is stored: what nobody has kept, nobody can pass on.
        var question = policy.PersonalData.Mask(request.Message, ModerationDirection.Question);
        var turn = new Turn { Id = turnId, Parent = request.Parent, Question = question.Text, Masked = question.Kinds, Options = request.Options, Languages = languages, AcceptedAt = time.GetUtcNow() };
        // Two drafts are shown side by side at their end: there is nothing to release before.
        turn = turn with { Stream = request.Stream && (request.Prelude is not null || !DraftLot.Falls(turnId, options.Value.DraftsRate)) };
        if (request.ConversationId is null && userId is not null)
            await list.ReserveAsync(userId, conversationId, CancellationToken.None);
        var isNew = false;
        var conversation = await conversations.ChangeFromAsync(conversationId, known, stored =>
        {
            // A conversation that was purged a moment ago does not come back.
            if (stored is null && request.ConversationId is { } gone)
                throw NotFound(gone);
            stored ??= new Conversation { Id = conversationId, UserId = userId, CreatedAt = turn.AcceptedAt, Prelude = Masked(request.Prelude) };
            ConversationOwner.Check(stored, userId);
            isNew = stored.FindTurn(turnId) is null;
            if (isNew && stored.Turns.Count >= options.Value.MaxTurns)
                throw new ChatRequestException(StatusCodes.Status409Conflict, "conversation_full", $"The conversation has {stored.Turns.Count} turns, the most there may be; start a new one.");
            if (turn.Parent is not (null or Turn.Root) && stored.FindTurn(turn.Parent) is null)
                throw new ChatRequestException(StatusCodes.Status404NotFound, "turn_not_found", $"The conversation has no turn {turn.Parent}; leave parentTurnId out to go on from its last turn.");
            return stored.Append(turn);
        }, CancellationToken.None);
        // Once more: a purge that ran in between has taken the entry out and not seen the conversation.
        if (request.ConversationId is null && userId is not null)
            await list.AddAsync(userId, conversation, CancellationToken.None);
        if (isNew)
            logger.TurnAccepted(turnId, conversationId, request.Message.Length, TurnsAhead(conversation, turnId));
        return (conversation, turnId);
    }

    /// <summary>
    /// Sees that this turn and those on the way to it that have no reply are being answered. After a crash between writing a turn and
    /// starting it, or when an orchestration failed for good, this carries it on.
    /// </summary>
    internal async Task EnsureStartedAsync(DurableTaskClient client, Conversation conversation, string turnId)
    {
        foreach (var turn in conversation.Before(turnId).Append(conversation.ReadTurn(turnId)))
            if (turn.Reply is null)
                await EnsureStartedAsync(client, Input(conversation, turn), turn.AcceptedAt);
    }

    private TurnInput Input(Conversation conversation, Turn turn) => new(conversation.Id, turn.Id, TurnsAhead(conversation, turn.Id), options.Value.TurnTimeout)
    {
        Version = TurnsAhead(conversation, turn.Id) == 0 ? conversation.Version : null,
        OpenToQuestion = policy.WhenUnavailable.IsOpen(ModerationDirection.Question),
        OpenToAnswer = policy.WhenUnavailable.IsOpen(ModerationDirection.Answer),
        // An OpenAI client, which alone has a prelude, has no way to show two.
        TwoDrafts = !turn.Stream && conversation.Prelude is null && DraftLot.Falls(turn.Id, options.Value.DraftsRate),
    };

    private async Task EnsureStartedAsync(DurableTaskClient client, TurnInput turn, DateTimeOffset acceptedAt)
    {
        var instance = await client.GetInstanceAsync(turn.TurnId, CancellationToken.None);
        if (instance is { IsCompleted: false })
            return;
        // It may have ended since the conversation was read.
        if (instance is not null && (await conversations.ReadAsync(turn.ConversationId)).ReadTurn(turn.TurnId).Reply is not null)
            return;
        if (instance is not null || time.GetUtcNow() - acceptedAt > TimeSpan.FromSeconds(10))
            logger.TurnRestarted(turn.TurnId, instance?.RuntimeStatus.ToString() ?? "none");

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(ChatOrchestrator), turn, new StartOrchestrationOptions(InstanceId: turn.TurnId), CancellationToken.None);
        }
        // Each host has its own exception for an id in use: what counts is whether somebody has started the turn by now.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (await client.GetInstanceAsync(turn.TurnId, CancellationToken.None) is null)
                throw;
            logger.TurnStartedElsewhere(turn.TurnId, e);
        }
    }

    private async Task<(string ConversationId, string TurnId)> NameAsync(ChatRequest request, string? userId, string? idempotencyKey)
    {
        if (idempotencyKey is null)
            return (request.ConversationId ?? Identifier.New(), Identifier.New());

        // Keys are each user's own.
        var key = userId is null ? idempotencyKey : $"{idempotencyKey} of {userId}";
        var turnId = Identifier.From($"turn {key}");
        var claim = new KeyClaim(request.ConversationId ?? Identifier.From($"conversation {key}"), request.Hash());
        var first = await keys.ClaimAsync(turnId, claim, CancellationToken.None);
        if (first != claim)
            throw new ChatRequestException(
                StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", "This Idempotency-Key was used with another request; use a new key for a new question.");
        return (first.ConversationId, turnId);
    }

    private Prelude? Masked(Prelude? prelude)
    {
        return prelude is null ? null : prelude with
        {
            System = prelude.System is { } system ? Mask(system, ModerationDirection.Question) : null,
            Exchanges = [.. prelude.Exchanges.Select(exchange => new Exchange(Mask(exchange.Question, ModerationDirection.Question), Mask(exchange.Answer, ModerationDirection.Answer)))],
        };

        string Mask(string text, ModerationDirection direction) => policy.PersonalData.Mask(text, direction).Text;
    }

    private static ChatRequestException NotFound(string conversationId) =>
        new(StatusCodes.Status404NotFound, "conversation_not_found", $"There is no conversation {conversationId}; leave conversationId out to start one.");

    private static int TurnsAhead(Conversation conversation, string turnId) =>
        conversation.Before(turnId).Count(turn => turn.Reply is null);
}
