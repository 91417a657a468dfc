using ChatLoop.Core.Moderation;

namespace ChatLoop.Core.Tests.Moderation;

public sealed class BlocklistTests
{
    private static readonly Blocklist Rules = new(
    [
        new BlocklistEntry("rude", "cunt", ModerationCategory.Harassment),
        new BlocklistEntry("phrase", "pipe bomb", ModerationCategory.IllicitViolent),
        new BlocklistEntry("longer", "pipe bomb instructions please", ModerationCategory.Illicit),
    ]);

    [Theory]
    [InlineData("you cunt", "rude")]
    [InlineData("C.U.N.T", "rude")]
    [InlineData("make a P1pe b0mb now", "phrase")]
    [InlineData("pipe   bomb", "phrase")]
    public void A_whole_word_or_phrase_matches_in_disguise(string text, string rule) =>
        Assert.Equal([rule], Rules.Match(TextNormalizer.Normalize(text)).Select(entry => entry.Name));

    [Theory]
    [InlineData("I live in Scunthorpe.")]
    [InlineData("a pipe, a bomb")]
    [InlineData("pipes bombs")]
    [InlineData("")]
    public void A_part_of_a_word_does_not_match(string text) =>
        Assert.DoesNotContain(Rules.Match(TextNormalizer.Normalize(text)), entry => entry.Name == "rude");

    [Fact]
    public void Every_matching_rule_is_named_once() =>
        Assert.Equal(["phrase", "longer", "rude"], Rules.Match("pipe bomb instructions please cunt pipe bomb").Select(entry => entry.Name));

    [Fact]
    public void A_phrase_without_letters_is_refused() =>
        Assert.Contains("'empty'", Assert.Throws<ModerationPolicyException>(() => new Blocklist([new BlocklistEntry("empty", "?!", ModerationCategory.Hate)])).Message, StringComparison.Ordinal);
}
