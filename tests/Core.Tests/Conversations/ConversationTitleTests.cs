using ChatLoop.Core.Conversations;

namespace ChatLoop.Core.Tests.Conversations;

public sealed class ConversationTitleTests
{
    [Theory]
    [InlineData("What is a volcano?", "What is a volcano?")]
    [InlineData("Explain the tides. Please use short words.", "Explain the tides")]
    [InlineData("Hi! What is a volcano? And a geyser?", "Hi! What is a volcano?")]
    [InlineData("  Two\n\nlines\tand spaces ", "Two lines and spaces")]
    [InlineData("The number 3.14159 is what?", "The number 3.14159 is what?")]
    [InlineData("...", "...")]
    [InlineData("火山とは何ですか、教えてください。地球についても。", "火山とは何ですか、教えてください。")]
    public void Make_takes_the_first_sentence_that_says_something(string question, string title) => Assert.Equal(title, ConversationTitle.Make(question));

    [Fact]
    public void Make_cuts_between_two_words()
    {
        var title = ConversationTitle.Make(string.Join(' ', Enumerable.Repeat("elephants", 20)));

        Assert.Equal($"{string.Join(' ', Enumerable.Repeat("elephants", 6))}…", title);
    }

    [Theory]
    [InlineData("w")]
    [InlineData("🙂")]
    public void Make_cuts_one_long_word_and_no_character(string character)
    {
        var title = ConversationTitle.Make("x" + string.Concat(Enumerable.Repeat(character, 100)));

        Assert.InRange(title.Length, 58, 61);
        Assert.EndsWith($"{character}…", title, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_is_what_the_owner_says_before_what_is_made()
    {
        var conversation = new Conversation { Id = "c", CreatedAt = default, Turns = [new Turn { Id = "t", Question = "Is ice cold?", AcceptedAt = default }] };

        Assert.Equal("Is ice cold?", ConversationTitle.Of(conversation));
        var renamed = conversation.Rename("Ice");
        Assert.Equal("Ice", ConversationTitle.Of(renamed));
        Assert.Same(renamed, renamed.Rename("Ice"));
    }
}
