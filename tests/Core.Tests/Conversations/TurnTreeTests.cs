using System.Text.Json;
using ChatLoop.Core.Conversations;

namespace ChatLoop.Core.Tests.Conversations;

public sealed class TurnTreeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    // a ── b ── c
    // │    └── d (c asked again)
    // ├── e (b edited) ── f
    // g (a edited)
    private static readonly Conversation Branched = Conversation(("a", null), ("b", null), ("c", null), ("d", "b"), ("e", "a"), ("f", null), ("g", Turn.Root));

    [Theory]
    [InlineData("a", "")]
    [InlineData("b", "a")]
    [InlineData("c", "a b")]
    [InlineData("d", "a b")]
    [InlineData("e", "a")]
    [InlineData("f", "a e")]
    [InlineData("g", "")]
    public void Before_is_the_way_to_a_turn_without_other_branches(string turnId, string way)
    {
        Assert.Equal(way, string.Join(' ', Branched.Before(turnId).Select(turn => turn.Id)));
        Assert.Equal(way.Split(' ')[^1], Branched.FindParent(turnId)?.Id ?? "");
    }

    [Theory]
    [InlineData("a", "b e")]
    [InlineData("b", "c d")]
    [InlineData("c", "")]
    [InlineData("e", "f")]
    [InlineData("g", "")]
    public void After_are_all_turns_that_follow_one(string turnId, string after) =>
        Assert.Equal(after, string.Join(' ', Branched.After(turnId).Select(turn => turn.Id)));

    [Fact]
    public void FindUnansweredBefore_sees_only_the_turn_that_it_follows()
    {
        var conversation = Branched.End("b", _ => Reply("1")).End("d", _ => Reply("2"));

        Assert.Null(conversation.FindUnansweredBefore("a"));
        Assert.Equal("a", conversation.FindUnansweredBefore("b")!.Id);
        Assert.Null(conversation.FindUnansweredBefore("c"));
        // d was accepted right before it, but is no turn that it follows.
        Assert.Equal("a", conversation.FindUnansweredBefore("e")!.Id);
        Assert.Null(conversation.FindUnansweredBefore("g"));
    }

    [Fact]
    public void History_holds_the_way_to_the_turn_only()
    {
        var conversation = Branched.Turns.Aggregate(Branched, (all, turn) => all.End(turn.Id, _ => Reply($"to {turn.Id}")));

        Assert.Equal([new Exchange("a?", "to a"), new Exchange("e?", "to e")], ConversationHistory.Before(conversation, "f"));
        Assert.Equal([new Exchange("a?", "to a"), new Exchange("b?", "to b")], ConversationHistory.Before(conversation, "d"));
        Assert.Empty(ConversationHistory.Before(conversation, "g"));
    }

    [Fact]
    public void A_choice_becomes_the_answer_while_no_turn_follows_on_its_own_branch()
    {
        ReplyDraft[] drafts = [new("a", "Left.", "stop"), new("b", "Right.", "stop")];
        var conversation = Branched.End("c", _ => Reply("Left.") with { Drafts = drafts }).End("b", _ => Reply("Left.") with { Drafts = drafts });
        var choice = new DraftChoice("b", "message", Now);

        Assert.Equal("Right.", conversation.Choose("c", choice).ReadTurn("c").Reply!.Text);
        Assert.Equal("Left.", conversation.Choose("b", choice).ReadTurn("b").Reply!.Text);
    }

    [Fact]
    public void A_conversation_from_before_there_were_branches_is_one_line()
    {
        const string stored = """
            { "Format": 1, "Id": "c", "CreatedAt": "2026-01-02T03:04:05Z", "Turns": [
              { "Id": "a", "Question": "a?", "AcceptedAt": "2026-01-02T03:04:05Z" }, { "Id": "b", "Question": "b?", "AcceptedAt": "2026-01-02T03:04:06Z" } ] }
            """;

        var conversation = JsonSerializer.Deserialize<Conversation>(stored)!;

        Assert.Equal("a", Assert.Single(conversation.Before("b")).Id);
        Assert.DoesNotContain("Parent", JsonSerializer.Serialize(conversation), StringComparison.Ordinal);
        Assert.DoesNotContain("Title", JsonSerializer.Serialize(conversation), StringComparison.Ordinal);
    }

    private static Conversation Conversation(params (string Id, string? Parent)[] turns) => new()
    {
        Id = "conversation",
        CreatedAt = Now,
        Turns = [.. turns.Select(turn => new Turn { Id = turn.Id, Parent = turn.Parent, Question = $"{turn.Id}?", AcceptedAt = Now })],
    };

    private static Reply Reply(string text) =>
        new() { Text = text, Source = ReplySource.Model, FinishReason = "stop", Timings = new TurnTimings(1, 2, 3), AnsweredAt = Now };
}
