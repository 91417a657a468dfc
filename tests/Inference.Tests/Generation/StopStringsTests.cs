using System.Text;
using ChatLoop.Inference.Generation;

namespace ChatLoop.Inference.Tests.Generation;

public sealed class StopStringsTests
{
    [Theory]
    [InlineData("one two three", new[] { "two" }, "one ")]
    [InlineData("aaab", new[] { "aab" }, "a")]
    [InlineData("abcabd", new[] { "abd" }, "abc")]
    [InlineData("one two", new[] { "two", "e t" }, "on")]
    [InlineData("one two", new[] { "three" }, "one two")]
    [InlineData("one tw", new[] { "two" }, "one tw")]
    [InlineData("\U0001F30B stop", new[] { "\U0001F30B" }, "")]
    [InlineData("text", new string[0], "text")]
    public void The_text_before_the_first_stop_string_comes_however_it_is_cut(string text, string[] stops, string expected)
    {
        for (var piece = 1; piece <= text.Length; piece++)
        {
            var strings = new StopStrings(stops);
            var passed = new StringBuilder();
            foreach (var part in text.Chunk(piece))
            {
                passed.Append(strings.Append(new string(part)));
                Assert.StartsWith(passed.ToString(), expected, StringComparison.Ordinal);
            }

            Assert.Equal(expected.Length < text.Length, strings.Found);
            Assert.Equal(expected, passed.Append(strings.Finish()).ToString());
        }
    }

    [Fact]
    public void Only_what_may_begin_a_stop_string_is_held_back()
    {
        var strings = new StopStrings(["\n\nUser:"]);

        Assert.Equal("Hello", strings.Append("Hello\n"));
        Assert.Equal("", strings.Append("\nUs"));
        Assert.Equal("\n\nUse it", strings.Append("e it"));
    }

    [Fact]
    public void Nothing_comes_after_a_stop_string()
    {
        var strings = new StopStrings(["stop"]);

        Assert.Equal("a ", strings.Append("a stop b"));
        Assert.Equal("", strings.Append("c"));
        Assert.Equal("", strings.Finish());
    }
}
