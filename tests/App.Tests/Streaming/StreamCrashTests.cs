using ChatLoop.App.Chat;
using ChatLoop.App.Streaming;
using ChatLoop.App.Tests.Fakes;

namespace ChatLoop.App.Tests.Streaming;

/// <summary>A crash at any request to the storage, before or after it was served, never leaves a reader with two answers mixed.</summary>
public sealed class StreamCrashTests
{
    private const string First = "Yes. It is cold. Ice melts. In the sun it is gone. Good.";

    [Theory]
    [InlineData(false, First)]
    [InlineData(true, First)]
    [InlineData(false, "Yes. It is wet. Nobody knows why. That is all.")]
    [InlineData(true, "Yes. It is wet. Nobody knows why. That is all.")]
    [InlineData(true, "No.")]
    public async Task The_second_attempt_goes_on_or_takes_back(bool afterServing, string second)
    {
        var requests = 0;
        for (var fired = true; fired; requests++)
        {
            var crash = new Crash();
            var world = new World(crash: crash);
            // The stop is asked for in the background, at times of its own: not once here, so that each run counts the same.
            world.Streaming.StopCheck = TimeSpan.FromMinutes(1);
            var turn = await ReleasedAnswer.AcceptAsync(world);

            crash.Arm(requests, afterServing);
            var failure = await Record.ExceptionAsync(() => AnswerAsync(world, turn, First));
            crash.Disarm();
            fired = crash.Fired;
            var (before, seen) = await SeenAsync(turn);
            // The question whether somebody stopped the turn may fail without harm.
            if (failure is not null)
                await AnswerAsync(world, turn, second);

            var reply = (await turn.TurnAsync()).Reply!.Text;
            Assert.Contains(reply, new[] { First, second });
            Assert.Equal(reply, ReleasedAnswer.Text(await turn.EventsAsync()));
            // A reader who was there from the start, cut off by the crash, and came back.
            var after = await turn.EventsAsync(seen);
            var taken = after.FindLastIndex(happened => happened.Kind == TurnEventKind.Replaced);
            Assert.Equal(reply, taken < 0 ? before + ReleasedAnswer.Text(after) : ReleasedAnswer.Text(after[taken..]));
            Assert.Equal(reply == First || before.Length == 0 || reply.StartsWith(before, StringComparison.Ordinal), taken < 0);
        }

        Assert.True(requests > 8, $"Only {requests} requests were seen.");
    }

    private static async Task AnswerAsync(World world, ReleasedAnswer turn, string text) =>
        await turn.EndAsync(await world.GenerateAnswer(new ChatModel(text) { PieceLength = 1 }).RunAsync(turn.Step, default));

    private static async Task<(string Text, long Position)> SeenAsync(ReleasedAnswer turn)
    {
        var state = new StreamState();
        state.Apply(await turn.LinesAsync());
        return (state.Released, state.Position);
    }

    [Fact]
    public async Task An_attempt_that_was_taken_for_dead_gives_way_and_adds_nothing()
    {
        var world = new World();
        var turn = await ReleasedAnswer.AcceptAsync(world);
        var answered = false;
        var model = new ChatModel("Yes. It is cold. Ice melts. Good.")
        {
            PieceLength = 1,
            Before = async (piece, _) =>
            {
                if (piece == 10 && !answered)
                {
                    answered = true;
                    await world.GenerateAnswer(new ChatModel("Yes. It is wet. It is so. Fine.") { PieceLength = 1 }).RunAsync(turn.Step, default);
                }
            },
        };

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.GenerateAnswer(model).RunAsync(turn.Step, default));

        await turn.EndAsync(new StepResult(1));
        Assert.Equal("Yes. It is wet. It is so. Fine.", ReleasedAnswer.Text(await turn.EventsAsync()));
    }

    [Fact]
    public async Task Each_attempt_draws_by_the_turn()
    {
        var world = new World();
        var turn = await ReleasedAnswer.AcceptAsync(world);
        var model = new ChatModel("Yes.");

        await world.GenerateAnswer(model).RunAsync(turn.Step, default);

        Assert.Equal(DraftLot.Seed(turn.TurnId), Assert.Single(model.Asked).Options!.Seed);
    }
}
