using ChatLoop.App.Chat;
using ChatLoop.App.Chat.Requests;
using ChatLoop.App.Chat.Views;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Tests.Chat;

/// <summary>Answers that are asked for again, and questions that are edited.</summary>
public sealed class BranchTests
{
    private readonly World world = new();

    [Fact]
    public async Task The_model_reads_only_the_branch_that_leads_to_its_turn()
    {
        var (conversation, first) = await AnsweredAsync("One?", "1");
        await AnsweredAsync("Two?", "2", conversation.Id);
        var (_, edited) = await world.AcceptAsync("Two, please?", conversation.Id, parent: first);
        var (latest, next) = await world.AcceptAsync("Three?", conversation.Id);

        Assert.Equal(["One?", "1", "Two, please?"], Messages(latest, edited));
        // Its turn has no answer yet.
        Assert.Equal(["One?", "1", "Three?"], Messages(latest, next));
        latest = await world.EndAsync(conversation.Id, edited, "two");
        Assert.Equal(["One?", "1", "Two, please?", "two", "Three?"], Messages(latest, next));
    }

    [Fact]
    public async Task The_first_question_can_be_edited_too()
    {
        var (conversation, _) = await AnsweredAsync("One?", "1");

        var (latest, turnId) = await world.AcceptAsync("Uno?", conversation.Id, parent: Turn.Root);

        Assert.Equal(["Uno?"], Messages(latest, turnId));
        Assert.Equal([null, null], TurnViews.Of(latest).Turns.Select(turn => turn.ParentTurnId));
    }

    [Fact]
    public async Task A_turn_waits_for_the_one_that_it_follows_and_for_no_other_branch()
    {
        var (conversation, first) = await AnsweredAsync("One?", "1");
        var (_, open) = await world.AcceptAsync("Two?", conversation.Id);
        var (latest, again) = await world.AcceptAsync("Two?", conversation.Id, parent: first);
        await world.Turns.EnsureStartedAsync(world.Durable, latest, again);

        Assert.Equal(new TurnInput(conversation.Id, again, 0, world.Options.TurnTimeout) { Version = latest.Version }, Assert.Single(world.Durable.Started));
        var (_, after) = await world.AcceptAsync("Three?", conversation.Id, parent: open);
        var input = new TurnInput(conversation.Id, after, 1, world.Options.TurnTimeout);
        Assert.True(await new IsTurnBeforeOpen(world.Conversations).RunAsync(input, default));
        await world.EndAsync(conversation.Id, open);
        Assert.False(await new IsTurnBeforeOpen(world.Conversations).RunAsync(input, default));
    }

    [Fact]
    public async Task The_end_of_a_turn_names_all_that_may_wait_for_it()
    {
        var (conversation, first) = await world.AcceptAsync("One?");
        var (_, second) = await world.AcceptAsync("Two?", conversation.Id, parent: first);
        var (_, other) = await world.AcceptAsync("Two, please?", conversation.Id, parent: first);
        await world.AcceptAsync("Uno?", conversation.Id, parent: Turn.Root);
        await world.Conversations.ChangeAsync(conversation.Id, stored => stored!.KeepDraft(first, new Draft("1", "stop", null, 1)));
        var clean = new TextModeration(false, [], new Dictionary<string, double>());

        var ended = await world.EndTurn().RunAsync(new TurnEnd(conversation.Id, first, null, new TurnModeration(clean, clean)), default);

        Assert.Equal([second, other], ended.Waiting);
    }

    [Fact]
    public async Task A_turn_to_follow_that_is_not_there_is_refused_and_writes_nothing()
    {
        var (conversation, _) = await AnsweredAsync("One?", "1");

        var refusal = await Assert.ThrowsAsync<ChatRequestException>(() => world.AcceptAsync("Two?", conversation.Id, parent: "0123456789abcdef0123456789abcdef"));

        Assert.Equal((404, "turn_not_found"), (refusal.Status, refusal.Code));
        Assert.Single((await world.Conversations.ReadAsync(conversation.Id)).Turns);
    }

    [Fact]
    public async Task A_key_that_was_used_at_another_place_of_the_conversation_is_refused()
    {
        var (conversation, first) = await AnsweredAsync("One?", "1");
        var (_, turnId) = await world.AcceptAsync("Two?", conversation.Id, "key", parent: first);

        Assert.Equal(turnId, (await world.AcceptAsync("Two?", conversation.Id, "key", parent: first)).TurnId);
        var refusal = await Assert.ThrowsAsync<ChatRequestException>(() => world.AcceptAsync("Two?", conversation.Id, "key", parent: Turn.Root));
        Assert.Equal("idempotency_key_reused", refusal.Code);
    }

    [Fact]
    public async Task A_turn_on_the_way_that_was_never_started_is_started_and_none_of_another_branch()
    {
        var (conversation, lost) = await world.AcceptAsync("One?");
        await world.AcceptAsync("Uno?", conversation.Id, parent: Turn.Root);
        var (latest, next) = await world.AcceptAsync("Two?", conversation.Id, parent: lost);

        await world.Turns.EnsureStartedAsync(world.Durable, latest, next);

        Assert.Equal([(lost, 0), (next, 1)], world.Durable.Started.Cast<TurnInput>().Select(input => (input.TurnId, input.TurnsAhead)));
    }

    private async Task<(Conversation Conversation, string TurnId)> AnsweredAsync(string question, string answer, string? conversationId = null)
    {
        var (conversation, turnId) = await world.AcceptAsync(question, conversationId);
        return (await world.EndAsync(conversation.Id, turnId, answer), turnId);
    }

    private static IEnumerable<string> Messages(Conversation conversation, string turnId) =>
        ModelRequest.Messages(conversation, conversation.ReadTurn(turnId)).Select(message => message.Text);
}
