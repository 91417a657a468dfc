using ChatLoop.Core.Conversations;

namespace ChatLoop.Core.Tests.Conversations;

public sealed class ConversationEditsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Append_keeps_the_order_and_ignores_a_turn_that_is_there()
    {
        var conversation = Conversation("a", "b");

        Assert.Same(conversation, conversation.Append(Turn("a")));
        Assert.Equal(["a", "b", "c"], conversation.Append(Turn("c")).Turns.Select(turn => turn.Id));
    }

    [Fact]
    public void KeepDraft_keeps_the_first_draft_and_none_after_the_reply()
    {
        var drafted = Conversation("a").KeepDraft("a", Draft("first"));

        Assert.Same(drafted, drafted.KeepDraft("a", Draft("second")));
        var ended = drafted.End("a", _ => Reply("done"));
        Assert.Null(ended.Turns[0].Draft);
        Assert.Same(ended, ended.KeepDraft("a", Draft("late")));
    }

    [Fact]
    public void End_lets_the_first_reply_stand()
    {
        var ended = Conversation("a").End("a", _ => Reply("first"));

        Assert.Same(ended, ended.End("a", _ => throw new InvalidOperationException("asked again")));
        Assert.Equal("first", ended.Turns[0].Reply!.Text);
    }

    [Fact]
    public void An_unknown_turn_is_named() =>
        Assert.Contains("no turn x", Assert.Throws<KeyNotFoundException>(() => Conversation("a").KeepDraft("x", Draft("d"))).Message, StringComparison.Ordinal);

    [Fact]
    public void History_holds_what_the_model_answered_before_the_turn()
    {
        var conversation = Conversation("a", "b", "c", "d", "e")
            .End("a", _ => Reply("1"))
            .End("b", _ => Reply("blocked") with { Source = ReplySource.Template })
            .End("d", _ => Reply("4"))
            .End("e", _ => Reply("5"));

        Assert.Equal([new Exchange("question a", "1"), new Exchange("question d", "4")], ConversationHistory.Before(conversation, "e"));
    }

    [Fact]
    public void History_begins_with_what_passed_of_the_prelude()
    {
        var conversation = Conversation("a") with { Prelude = new Prelude("Be kind.", [new Exchange("1", "2"), new Exchange("bad", "4"), new Exchange("5", "6")]) };

        var withheld = conversation.Withhold([1]);

        Assert.Equal([new Exchange("1", "2"), new Exchange("5", "6")], ConversationHistory.Before(withheld, "a"));
        Assert.Same(withheld, withheld.Withhold([1]));
        Assert.Null(Conversation("a").Withhold([0]).Prelude);
    }

    private static Conversation Conversation(params string[] turns) =>
        new() { Id = "conversation", CreatedAt = Now, Turns = [.. turns.Select(Turn)] };

    private static Turn Turn(string id) => new() { Id = id, Question = $"question {id}", AcceptedAt = Now };

    private static Draft Draft(string text) => new(text, "stop", null, 1);

    private static Reply Reply(string text) =>
        new() { Text = text, Source = ReplySource.Model, FinishReason = "stop", Timings = new TurnTimings(1, 2, 3), AnsweredAt = Now };
}
