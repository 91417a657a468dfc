using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using Microsoft.DurableTask.Client;

namespace ChatLoop.App.Tests.Chat;

public sealed class TurnsTests
{
    private readonly World world = new();

    [Fact]
    public async Task A_turn_is_written_before_it_is_started()
    {
        var (conversation, turnId) = await world.AcceptAsync("Hi");

        Assert.Empty(world.Durable.Started);
        Assert.Equal("Hi", (await world.Conversations.ReadAsync(conversation.Id)).ReadTurn(turnId).Question);
        await world.Turns.EnsureStartedAsync(world.Durable, conversation, turnId);
        Assert.Equal(new TurnInput(conversation.Id, turnId, 0, world.Options.TurnTimeout) { Version = conversation.Version }, Assert.Single(world.Durable.Started));
    }

    [Fact]
    public async Task The_same_key_writes_one_turn_even_at_once()
    {
        var accepted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.AcceptAsync("Hi", key: "key")));

        Assert.Single(accepted.Select(turn => (turn.Conversation.Id, turn.TurnId)).Distinct());
        Assert.Single((await world.Conversations.ReadAsync(accepted[0].Conversation.Id)).Turns);
    }

    [Fact]
    public async Task The_same_key_starts_one_orchestration_even_at_once()
    {
        var (conversation, turnId) = await world.AcceptAsync("Hi", key: "key");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.Turns.EnsureStartedAsync(world.Durable, conversation, turnId))));

        Assert.Single(world.Durable.Started);
    }

    [Fact]
    public async Task The_same_key_with_another_question_or_conversation_is_refused_and_writes_nothing()
    {
        var (other, _) = await world.AcceptAsync("Hello");
        await world.AcceptAsync("Hi", key: "key");
        var before = world.Blobs.Names.ToList();

        foreach (var (message, conversationId) in new[] { ("Ho", null), ("Hi", other.Id) })
        {
            var refusal = await Assert.ThrowsAsync<ChatRequestException>(() => world.AcceptAsync(message, conversationId, "key"));
            Assert.Equal((422, "idempotency_key_reused"), (refusal.Status, refusal.Code));
        }

        Assert.Equal(before, world.Blobs.Names);
        Assert.Single((await world.Conversations.ReadAsync(other.Id)).Turns);
    }

    [Fact]
    public async Task An_unknown_conversation_is_refused_and_the_key_stays_free()
    {
        var refusal = await Assert.ThrowsAsync<ChatRequestException>(() => world.AcceptAsync("Hi", "0123456789abcdef0123456789abcdef", "key"));

        Assert.Equal((404, "conversation_not_found"), (refusal.Status, refusal.Code));
        Assert.Empty(world.Blobs.Names);
    }

    [Fact]
    public async Task A_full_conversation_is_refused_but_its_turns_can_still_be_asked_for()
    {
        world.Options.MaxTurns = 1;
        var (conversation, turnId) = await world.AcceptAsync("Hi", key: "key");

        var refusal = await Assert.ThrowsAsync<ChatRequestException>(() => world.AcceptAsync("Ho", conversation.Id));

        Assert.Equal("conversation_full", refusal.Code);
        Assert.Equal(turnId, (await world.AcceptAsync("Hi", key: "key")).TurnId);
    }

    [Fact]
    public async Task A_turn_that_was_written_but_never_started_is_started_by_a_retry_and_by_the_next_turn()
    {
        var (conversation, lost) = await world.AcceptAsync("Hi", key: "key");

        var (again, next) = await world.AcceptAsync("Ho", conversation.Id);
        await world.Turns.EnsureStartedAsync(world.Durable, again, next);

        Assert.Equal([(lost, 0), (next, 1)], world.Durable.Started.Cast<TurnInput>().Select(input => (input.TurnId, input.TurnsAhead)));
        var (retried, same) = await world.AcceptAsync("Hi", key: "key");
        await world.Turns.EnsureStartedAsync(world.Durable, retried, same);
        Assert.Equal(2, world.Durable.Started.Count);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task A_turn_whose_orchestration_ended_without_a_reply_is_started_again(OrchestrationRuntimeStatus status)
    {
        var (conversation, turnId) = await world.AcceptAsync("Hi");
        world.Durable.Statuses[turnId] = status;

        await world.Turns.EnsureStartedAsync(world.Durable, conversation, turnId);

        Assert.Single(world.Durable.Started);
    }

    [Fact]
    public async Task A_turn_that_ended_after_the_conversation_was_read_is_not_started_again()
    {
        var (conversation, turnId) = await world.AcceptAsync("Hi");
        await world.EndAsync(conversation.Id, turnId);
        world.Durable.Statuses[turnId] = OrchestrationRuntimeStatus.Completed;

        await world.Turns.EnsureStartedAsync(world.Durable, conversation, turnId);

        Assert.Empty(world.Durable.Started);
    }

    [Fact]
    public async Task A_host_that_cannot_start_the_turn_is_no_secret()
    {
        var (conversation, turnId) = await world.AcceptAsync("Hi");
        world.Durable.OnStart = _ =>
        {
            world.Durable.Statuses.Clear();
            throw new IOException("no history");
        };

        await Assert.ThrowsAsync<IOException>(() => world.Turns.EnsureStartedAsync(world.Durable, conversation, turnId));
    }
}
