using ChatLoop.Training.Data;

namespace ChatLoop.Training.Tests.Data;

public sealed class SetSieveTests
{
    private const string Paragraph = "The old baker rose at four every morning and lit the oven by himself.";

    private readonly SetSieve _sieve = new(new DataOptions { MaxConversationCharacters = 100 }, new HeldOutText(), []);

    [Fact]
    public void A_paragraph_that_came_before_is_dropped_whatever_its_case_and_signs()
    {
        Assert.Equal(Paragraph, _sieve.Text(Paragraph));
        Assert.Equal("Something else.", _sieve.Text($"Something else.\n\n{Paragraph.ToUpperInvariant()}!!"));
        Assert.Null(_sieve.Text(Paragraph));
        Assert.Equal(2, _sieve.Duplicates);
    }

    [Fact]
    public void A_short_paragraph_may_recur()
    {
        Assert.Equal("Yes.\n\nYes.", _sieve.Text("Yes.\n\nYes."));
        Assert.Equal(0, _sieve.Duplicates);
    }

    [Fact]
    public void A_conversation_that_came_before_is_dropped()
    {
        Assert.NotNull(_sieve.Conversation(Talk("user:Is ice cold?", "assistant:Yes.")));
        Assert.Null(_sieve.Conversation(Talk("user:Is ICE cold", "assistant:yes")));
        Assert.NotNull(_sieve.Conversation(Talk("user:Is ice cold?", "assistant:No.")));
        Assert.Equal(1, _sieve.Duplicates);
    }

    [Fact]
    public void A_long_conversation_is_cut_after_its_last_whole_answer_that_fits()
    {
        var kept = _sieve.Conversation(Talk("user:One?", "assistant:First.", "user:Two?", $"assistant:{new string('x', 100)}"));
        Assert.Equal(["One?", "First."], kept!.Messages.Select(m => m.Content));
    }

    [Theory]
    [InlineData("user:Alone?")]
    [InlineData("assistant:I begin.", "user:Why?", "assistant:So.")]
    [InlineData("user:One?", "user:Two?", "assistant:Both.")]
    [InlineData("user: ", "assistant:To nothing.")]
    [InlineData("system:Be kind.", "assistant:I am.")]
    public void A_conversation_that_does_not_alternate_is_unfit(params string[] messages)
    {
        Assert.Null(_sieve.Conversation(Talk(messages)));
        Assert.Equal(1, _sieve.Unfit);
    }

    [Fact]
    public void What_the_system_says_first_is_kept() =>
        Assert.Equal(3, _sieve.Conversation(Talk("system:Be kind.", "user:Hello!", "assistant:Hello."))!.Messages.Count);

    private static Conversation Talk(params string[] messages) => new("test", [.. messages.Select(m => new Message(m.Split(':')[0], m.Split(':')[1]))]);
}
