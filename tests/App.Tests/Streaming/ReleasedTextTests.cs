using ChatLoop.App.Chat;
using ChatLoop.App.Streaming;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;

namespace ChatLoop.App.Tests.Streaming;

public sealed class ReleasedTextTests
{
    private const string Answer = "Yes. It is cold. Ice melts. Good.";
    private readonly World world = new();

    [Fact]
    public async Task A_reader_who_comes_back_gets_what_it_has_not_seen()
    {
        var turn = await AnsweredAsync();
        var all = await turn.EventsAsync();

        Assert.Equal(Answer, ReleasedAnswer.Text(all));
        Assert.True(all.Count > 4);
        for (var seen = 0; seen < all.Count; seen++)
            Assert.Equal(all.Skip(seen + 1).Select(Words), (await turn.EventsAsync(all[seen].Position)).Select(Words).TakeLast(all.Count - 1 - seen));
    }

    [Fact]
    public async Task A_reader_follows_from_the_question_to_the_reply()
    {
        var turn = await ReleasedAnswer.AcceptAsync(world);
        await using var events = world.Released.ReadAsync(turn.ConversationId, turn.TurnId, 0, default).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(TurnEventKind.Queued, events.Current.Kind);
        var next = events.MoveNextAsync();
        Assert.False(next.IsCompleted);
        var goOn = new TaskCompletionSource();
        var model = new ChatModel(Answer) { PieceLength = 1, Before = (piece, _) => piece < 10 ? Task.CompletedTask : goOn.Task };
        var generating = world.GenerateAnswer(model).RunAsync(turn.Step, default);

        Assert.True(await next);
        Assert.Equal(TurnEventKind.Moderated, events.Current.Kind);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal((TurnEventKind.Delta, "Yes."), (events.Current.Kind, events.Current.Text));
        goOn.SetResult();
        await turn.EndAsync(await generating);
        var rest = new List<TurnEvent>();
        while (await events.MoveNextAsync())
            rest.Add(events.Current);

        Assert.Equal(Answer["Yes.".Length..], ReleasedAnswer.Text(rest));
        Assert.Equal(TurnEventKind.Done, rest[^1].Kind);
    }

    [Fact]
    public async Task A_turn_that_nobody_streamed_is_read_at_its_end()
    {
        var (conversation, turnId) = await world.AcceptAsync("Hi");
        await world.EndAsync(conversation.Id, turnId, "A whole answer.");

        var events = await world.Released.ReadAsync(conversation.Id, turnId, 0, default).ToListAsync();

        Assert.Equal([TurnEventKind.Delta, TurnEventKind.Done], events.Select(happened => happened.Kind));
        Assert.Equal("A whole answer.", events[0].Text);
    }

    [Fact]
    public async Task Two_drafts_come_with_the_end_only()
    {
        world.Options.DraftsRate = 1;
        var turn = await ReleasedAnswer.AcceptAsync(world);
        Assert.False((await turn.TurnAsync()).Stream);
        var reply = World.Reply("Yes.") with { Drafts = [new ReplyDraft("a", "Yes.", "stop"), new ReplyDraft("b", "It is.", "stop")] };
        await world.Conversations.ChangeAsync(turn.ConversationId, stored => stored!.End(turn.TurnId, _ => reply));

        Assert.Equal(2, Assert.Single(await turn.EventsAsync()).Conversation!.ReadTurn(turn.TurnId).Reply!.Drafts!.Count);
    }

    [Fact]
    public async Task A_conversation_that_is_purged_ends_its_readers_and_the_writer()
    {
        var turn = await ReleasedAnswer.AcceptAsync(world);
        var model = new ChatModel(Answer)
        {
            PieceLength = 1,
            Before = async (piece, _) =>
            {
                if (piece != 12)
                    return;
                await world.Streams.DeleteAsync(turn.TurnId, default);
                await world.Conversations.DeleteAsync(turn.ConversationId, default);
            },
        };

        var reading = Assert.ThrowsAsync<KeyNotFoundException>(() => turn.EventsAsync());
        await turn.EndAsync(await world.GenerateAnswer(model).RunAsync(turn.Step, default));

        await reading;
        Assert.Empty(world.Blobs.Names);
    }

    private async Task<ReleasedAnswer> AnsweredAsync()
    {
        var turn = await ReleasedAnswer.AcceptAsync(world);
        await turn.EndAsync(await world.GenerateAnswer(new ChatModel(Answer) { PieceLength = 1 }).RunAsync(turn.Step, default));
        return turn;
    }

    private static string Words(TurnEvent happened) => $"{happened.Kind} {happened.Position} {happened.Text}";
}
