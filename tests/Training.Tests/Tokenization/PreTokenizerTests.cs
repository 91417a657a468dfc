using ChatLoop.Training.Tokenization;
using FsCheck;
using FsCheck.Xunit;

namespace ChatLoop.Training.Tests.Tokenization;

public sealed class PreTokenizerTests
{
    [Theory]
    [InlineData("He's here, isn't he?", "He|'s| here|,| isn|'t| he|?")]
    [InlineData("In 1984", "In| 1|9|8|4")]
    [InlineData("a  b\n\n  c", "a| | b|\n\n | c")]
    [InlineData("end. ", "end|.| ")]
    [InlineData("a\U00020000b \U0001D7D9\U0001D7DA!\U0001F600", "a\U00020000b| \U0001D7D9|\U0001D7DA|!\U0001F600")] // a letter, digits and a sign beyond U+FFFF
    public void Words_take_the_space_before_them_and_digits_stand_alone(string text, string pieces) => Assert.Equal(pieces.Split('|'), Cut(text));

    [Property]
    public void Pieces_joined_are_the_text(NonNull<string> text) => Assert.Equal(text.Get, string.Concat(Cut(text.Get)));

    private static IEnumerable<string> Cut(string text) => PreTokenizer.Pieces(text).Select(p => text.Substring(p.Offset, p.Length));
}
