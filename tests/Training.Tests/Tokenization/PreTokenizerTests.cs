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
    public void Words_take_the_space_before_them_and_digits_stand_alone(string text, string pieces) => Assert.Equal(pieces.Split('|'), PreTokenizer.Regex().Matches(text).Select(m => m.Value));

    [Property]
    public void Pieces_joined_are_the_text(NonNull<string> text) => Assert.Equal(text.Get, string.Concat(PreTokenizer.Regex().Matches(text.Get).Select(m => m.Value)));
}
