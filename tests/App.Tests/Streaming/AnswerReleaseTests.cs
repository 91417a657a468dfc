using ChatLoop.App.Chat;
using ChatLoop.App.Streaming;
using ChatLoop.App.Tests.Fakes;
using ChatLoop.Core.Moderation;
using ChatLoop.Core.Templates;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ChatLoop.App.Tests.Streaming;

public sealed class AnswerReleaseTests
{
    private readonly World world = new();

    [Fact]
    public async Task An_answer_is_released_while_the_model_still_writes()
    {
        var turn = await ReleasedAnswer.AcceptAsync(world);
        var seen = new List<string>();
        var model = new ChatModel("Yes. It is cold.")
        {
            PieceLength = 1,
            Before = async (_, _) => seen.Add(string.Concat((await turn.LinesAsync()).Select(line => line.Text))),
        };

        var result = await world.GenerateAnswer(model).RunAsync(turn.Step, default);

        Assert.True(result.Passed);
        Assert.Equal(["", "Yes."], seen.Distinct());
        Assert.Equal("Yes. It is cold.", (await turn.TurnAsync()).Draft!.Text);
    }

    /// <summary>A word that is flagged may come about where two chunks meet, anywhere.</summary>
    [Property(MaxTest = 60)]
    public Property No_released_prefix_is_flagged_afterwards() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("b", "a", "d", " ", ". ", "ba", "ad", "x", "\n", "word ")).ToArbitrary(),
        Gen.Choose(1, 9).ToArbitrary(),
        Gen.Elements("bad", "d b", ". a", "x").ToArbitrary(),
        (parts, piece, flagged) => NothingFlaggedAsync(string.Concat(parts), piece, flagged).GetAwaiter().GetResult());

    private static async Task<bool> NothingFlaggedAsync(string text, int piece, string flagged)
    {
        var world = new World();
        world.Streaming.ChunkCharacters = 8;
        var turn = await ReleasedAnswer.AcceptAsync(world);

        var result = await world.GenerateAnswer(new ChatModel(text) { PieceLength = piece }, new Moderator(flagged, "hate")).RunAsync(turn.Step, default);

        var released = "";
        foreach (var line in await turn.LinesAsync())
        {
            released += line.Text;
            if (released.Contains(flagged, StringComparison.Ordinal) || !text.StartsWith(released, StringComparison.Ordinal))
                return false;
        }

        return result.Refusal != TemplateKind.AnswerBlocked || text.Contains(flagged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flagged_chunk_ends_the_answer_and_the_template_takes_its_place()
    {
        var turn = await ReleasedAnswer.AcceptAsync(world);
        var written = 0;
        var model = new ChatModel("Yes. It is very ba" + "d. And so on, and so on.") { PieceLength = 1, Before = async (_, _) => written++ };

        var result = await world.GenerateAnswer(model, new Moderator("bad", "hate")).RunAsync(turn.Step, default);
        await turn.EndAsync(result);

        Assert.Equal((TemplateKind.AnswerBlocked, true), (result.Refusal, result.Moderation!.Flagged));
        Assert.InRange(written, 19, 21);
        var events = await turn.EventsAsync();
        Assert.Equal([TurnEventKind.Moderated, TurnEventKind.Delta, TurnEventKind.Replaced, TurnEventKind.Done], events.Select(happened => happened.Kind));
        Assert.Equal(("Yes.", "A template."), (events[1].Text, events[2].Text));
        var reply = (await turn.TurnAsync()).Reply!;
        Assert.Equal(("A template.", "content_filter", true), (reply.Text, reply.FinishReason, reply.Moderation.Answer!.Flagged));
    }

    [Fact]
    public async Task What_cannot_be_judged_is_held_back_and_released_with_the_next_chunk()
    {
        var turn = await ReleasedAnswer.AcceptAsync(world);

        await world.GenerateAnswer(new ChatModel("One. Two. Three. Four.") { PieceLength = 1 }, new FailingModerator(1)).RunAsync(turn.Step, default);

        Assert.Equal(["One. Two.", " Three."], (await turn.LinesAsync()).Where(line => line.Kind == StreamLineKind.Text).Select(line => line.Text));
    }

    [Fact]
    public async Task A_long_answer_is_judged_with_a_bounded_part_before_each_chunk()
    {
        world.Streaming.ContextCharacters = 1000;
        var moderator = new FailingModerator(0);
        var turn = await ReleasedAnswer.AcceptAsync(world);

        await world.GenerateAnswer(new ChatModel(string.Concat(Enumerable.Repeat("A sentence of words. ", 200))), moderator).RunAsync(turn.Step, default);

        Assert.InRange(moderator.Judged.Max(text => text.Length), 900, 1100);
        Assert.All(moderator.Judged, text => Assert.Matches("^(A| ?(sentence|of|words))", text));
    }

    [Fact]
    public async Task Turns_that_nobody_reads_along_write_no_stream()
    {
        var (conversation, turnId) = await world.AcceptAsync("Hi");

        await world.GenerateAnswer(new ChatModel("One. Two. Three.")).RunAsync(new TurnStep(conversation.Id, turnId, DateTime.UtcNow.AddHours(1)), default);

        Assert.DoesNotContain(world.Blobs.Names, name => name.StartsWith("streams/", StringComparison.Ordinal));
    }

    private sealed class FailingModerator(int failures) : IModerator
    {
        public List<string> Judged { get; } = [];

        public ValueTask<ModerationVerdict> ModerateAsync(string text, ModerationDirection direction, CancellationToken cancellationToken = default)
        {
            Judged.Add(text);
            return Judged.Count <= failures ? throw new InvalidOperationException("broken") : ValueTask.FromResult(new ModerationVerdict(false, [], new Dictionary<string, double>(), [], "fake"));
        }
    }
}
