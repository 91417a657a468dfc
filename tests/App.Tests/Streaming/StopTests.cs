using ChatLoop.App.Chat;
using ChatLoop.App.Streaming;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Tests.Streaming;

public sealed class StopTests
{
    private readonly World world = new();

    [Fact]
    public async Task A_stop_ends_the_answer_with_the_next_chunk_and_what_was_released_stands()
    {
        world.Streaming.StopCheck = TimeSpan.FromMinutes(1);
        var turn = await ReleasedAnswer.AcceptAsync(world);
        var written = 0;
        var model = new ChatModel("One. Two. Three. Four. Five. Six.")
        {
            PieceLength = 1,
            Before = async (piece, _) =>
            {
                written = piece;
                if (piece == 11)
                    await world.Events.StopAsync(turn.ConversationId, turn.TurnId);
            },
        };

        var result = await world.GenerateAnswer(model).RunAsync(turn.Step, default);
        await turn.EndAsync(result);

        Assert.True(result.Passed);
        Assert.Equal("One. Two. Three.".Length, written);
        var reply = (await turn.TurnAsync()).Reply!;
        Assert.Equal(("One. Two.", "stopped", ReplySource.Model), (reply.Text, reply.FinishReason, reply.Source));
        Assert.Equal("One. Two.", ReleasedAnswer.Text(await turn.EventsAsync()));
    }

    [Fact]
    public async Task A_model_that_says_nothing_is_stopped_too()
    {
        world.Streaming.StopCheck = TimeSpan.FromMilliseconds(10);
        var turn = await ReleasedAnswer.AcceptAsync(world);
        var model = new ChatModel(async cancelled =>
        {
            await world.Events.StopAsync(turn.ConversationId, turn.TurnId);
            await Task.Delay(Timeout.Infinite, cancelled);
            return ChatModel.Response("never");
        });

        await turn.EndAsync(await world.GenerateAnswer(model).RunAsync(turn.Step, default));

        Assert.Equal(("", "stopped"), ((await turn.TurnAsync()).Reply!.Text, (await turn.TurnAsync()).Reply!.FinishReason));
        var (conversation, later) = await world.AcceptAsync("And fire?", turn.ConversationId);
        Assert.Empty(ConversationHistory.Before(conversation, later));
    }

    [Fact]
    public async Task A_turn_that_is_stopped_while_it_waits_asks_no_model()
    {
        var turn = await ReleasedAnswer.AcceptAsync(world);
        await world.Events.StopAsync(turn.ConversationId, turn.TurnId);
        var model = new ChatModel("Yes.");

        await turn.EndAsync(await world.GenerateAnswer(model).RunAsync(turn.Step, default));

        Assert.Empty(model.Asked);
        Assert.Equal("stopped", (await turn.TurnAsync()).Reply!.FinishReason);
    }

    [Fact]
    public async Task A_turn_that_nobody_reads_along_ends_with_what_was_written()
    {
        world.Streaming.StopCheck = TimeSpan.FromMilliseconds(10);
        var (conversation, turnId) = await world.AcceptAsync("Hi");
        var model = new ChatModel("Half of an answer")
        {
            PieceLength = 5,
            Before = async (piece, cancelled) =>
            {
                if (piece < 2)
                    return;
                await world.Events.StopAsync(conversation.Id, turnId);
                await Task.Delay(Timeout.Infinite, cancelled);
            },
        };

        await world.GenerateAnswer(model).RunAsync(new TurnStep(conversation.Id, turnId, DateTime.UtcNow.AddHours(1)), default);

        var draft = (await world.Conversations.ReadAsync(conversation.Id)).ReadTurn(turnId).Draft!;
        Assert.Equal(("Half of an", "stopped"), (draft.Text, draft.FinishReason));
    }

    [Fact]
    public async Task Delete_waits_for_the_end_and_changes_nothing_afterwards()
    {
        var turn = await ReleasedAnswer.AcceptAsync(world);
        world.Durable.OnStart = async _ =>
        {
            await turn.EndAsync(await world.GenerateAnswer(new ChatModel("Yes.")).RunAsync(turn.Step, default));
            return OrchestrationRuntimeStatus.Completed;
        };

        var (status, body) = await Loop.ExecuteAsync(DeleteAsync(turn));
        var lines = await turn.LinesAsync();
        var (again, same) = await Loop.ExecuteAsync(DeleteAsync(turn));

        Assert.Equal((200, "stopped"), (status, (string?)body["finishReason"]));
        Assert.Equal((200, body.ToJsonString()), (again, same.ToJsonString()));
        Assert.Equal(lines, await turn.LinesAsync());
    }

    [Fact]
    public async Task Nobody_stops_what_is_not_there()
    {
        var turn = new ReleasedAnswer(world, new string('a', 32), new string('b', 32));

        Assert.Equal(404, (await Loop.ExecuteAsync(DeleteAsync(turn))).Status);
        Assert.Empty(world.Blobs.Names);
    }

    private Task<IResult> DeleteAsync(ReleasedAnswer turn) =>
        new StopTurn(world.Conversations, world.User, world.Turns, world.Events, new TurnWait(Options.Create(world.Options), TimeProvider.System))
            .RunAsync(new DefaultHttpContext().Request, turn.ConversationId, turn.TurnId, world.Durable, default);
}
