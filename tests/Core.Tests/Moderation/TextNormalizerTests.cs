using ChatLoop.Core.Moderation;
using FsCheck.Xunit;

namespace ChatLoop.Core.Tests.Moderation;

public sealed class TextNormalizerTests
{
    [Theory]
    [InlineData("What is a volcano?", "what is a volcano")]
    [InlineData("Don't  shout!!", "dont shout")]
    [InlineData("k\u0456ll \u0443ou", "kill you")] // Cyrillic і and у
    [InlineData("\u03BAill", "kill")] // Greek kappa
    [InlineData("ＫＩＬＬ", "kill")] // fullwidth
    [InlineData("𝓴𝓲𝓵𝓵 𝕪𝕠𝕦", "kill you")] // mathematical
    [InlineData("ki\u200Bl\u200Dl", "kill")] // zero width
    [InlineData("k\u0336i\u0336l\u0336l\u0336", "kill")] // struck through
    [InlineData("café naïve", "cafe naive")]
    [InlineData("b0mb k1ll $h!t a$$ m0r0n", "bomb kill shit ass moron")]
    [InlineData("in 1984 there were 365 days", "in 1984 there were 365 days")]
    [InlineData("k i l l", "kill")]
    [InlineData("k.i.l.l them", "kill them")]
    [InlineData("how do i k i l l", "how do i kill")]
    [InlineData("stuuuupid killlll", "stupid kill")]
    [InlineData("I am a man", "i am a man")]
    [InlineData("love🔪women", "love 🔪 women")]
    [InlineData("\uD83D broken", "broken")]
    [InlineData("", "")]
    [InlineData(" \t\n", "")]
    public void A_disguise_is_undone(string text, string expected) => Assert.Equal(expected, TextNormalizer.Normalize(text));

    [Property]
    public void Any_text_is_taken_and_comes_out_as_single_spaced_words(string? text)
    {
        var normalized = TextNormalizer.Normalize(text ?? "");
        Assert.DoesNotContain("  ", normalized, StringComparison.Ordinal);
        Assert.Equal(normalized.Trim(), normalized);
        Assert.DoesNotContain(normalized, char.IsUpper);
    }
}
