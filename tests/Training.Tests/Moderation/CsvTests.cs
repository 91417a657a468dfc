using ChatLoop.Training.Moderation;

namespace ChatLoop.Training.Tests.Moderation;

public sealed class CsvTests
{
    [Fact]
    public void Quoted_fields_hold_commas_quotes_and_line_ends() =>
        Assert.Equal([["id", "text"], ["1", "a, \"b\"\nc"], ["2", ""]], Csv.Records("id,text\r\n1,\"a, \"\"b\"\"\nc\"\r\n\r\n2,"));

    [Theory]
    [InlineData("RT @someone_1: look &amp; see https://t.co/x &#128514;", ": look & see")]
    public void A_tweet_loses_names_and_links(string tweet, string expected) => Assert.Equal(expected, TweetText.Clean(tweet));
}
