using ChatLoop.App.Streaming;

namespace ChatLoop.App.Tests.Streaming;

public sealed class BordersTests
{
    [Theory]
    [InlineData("It is cold. It", 0, "It is cold.")]
    [InlineData("It is 3.5 degrees", 0, "")]
    [InlineData("It is cold.", 0, "")]
    [InlineData("One\nTwo", 0, "One\n")]
    [InlineData("寒い。そ", 0, "寒い。")]
    [InlineData("One. Two", 4, "One.")]
    [InlineData("abcdefgh ijklmnopq rs", 0, "abcdefgh ijklmnopq")]
    [InlineData("abcdefghijklmnopqrstu", 0, "")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmn😀", 0, "abcdefghijklmnopqrstuvwxyzabcdefghijklmn😀")]
    [InlineData("\n\n", 0, "")]
    public void A_text_is_cut_after_a_sentence_or_between_words_or_nowhere(string text, int from, string part) =>
        Assert.Equal(part, text[..Borders.Find(text, from, enough: 20)]);

    [Fact]
    public void Half_a_character_is_never_cut_off() =>
        Assert.Equal(41, Borders.Find(new string('x', 41) + "\ud83d", 0, enough: 20));
}
