using System.Text;
using ChatLoop.Training.Data;
using FsCheck;
using FsCheck.Xunit;

namespace ChatLoop.Training.Tests.Data;

public sealed class TextCleanerTests
{
    [Theory]
    [InlineData("one\r\ntwo\rthree", "one\ntwo\nthree")]
    [InlineData("a  b \t c", "a b c")]
    [InlineData(" line \n  next ", "line\nnext")]
    [InlineData("one\n\n\n\n\ntwo", "one\n\ntwo")]
    [InlineData("\u201CYes,\u201D he\u2019d say", "\"Yes,\" he'd say")]
    [InlineData("a\u00A0b\u00ADc\u200Bd\uFEFFe\u0007f", "a bcdef")]
    [InlineData("smile \U0001F600 \uD83D!", "smile \U0001F600 !")]
    [InlineData(" \n\t ", "")]
    public void Clean_makes_text_even(string text, string cleaned) => Assert.Equal(cleaned, TextCleaner.Clean(text));

    [Property]
    public void Clean_text_is_well_formed_and_stays_as_it_is(NonNull<string> text)
    {
        var cleaned = TextCleaner.Clean(text.Get);
        Assert.Equal(cleaned, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cleaned)));
        Assert.Equal(cleaned, TextCleaner.Clean(cleaned));
    }

    [Theory]
    [InlineData("The  cat's \"hat\", (red)!", "the cats hat red")]
    [InlineData("?!", "")]
    public void Normalized_keeps_words_alone(string text, string words) => Assert.Equal(words, TextCleaner.Normalized(text));
}
