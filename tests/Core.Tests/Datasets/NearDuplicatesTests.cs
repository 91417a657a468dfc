using ChatLoop.Core.Datasets;
using FsCheck.Xunit;

namespace ChatLoop.Core.Tests.Datasets;

public sealed class NearDuplicatesTests
{
    [Theory]
    [InlineData("The cat sat.", "the CAT sat!", 1)]
    [InlineData("red blue green white", "red blue green black", 1 / 3.0)]
    [InlineData("one two three", "four five six", 0)]
    [InlineData("Yes.", "yes", 1)]
    [InlineData("Yes.", "No.", 0)]
    [InlineData("?", "!", 0)]
    [InlineData("", "", 1)]
    public void Similarity_is_the_share_of_word_triples_in_common(string first, string second, double similarity) =>
        Assert.Equal(similarity, NearDuplicates.Similarity(first, second), 12);

    [Fact]
    public void Keep_drops_what_is_like_one_kept_before()
    {
        const string Long = "Bread is made of flour, water, salt and yeast, which is left to rise and then baked in a hot oven.";

        Assert.Equal([0, 2, 3], NearDuplicates.Keep([Long, Long.Replace("yeast", "leaven", StringComparison.Ordinal), "Bread is food.", "Yes."]));
    }

    [Property]
    public void Similarity_of_any_texts_is_symmetric_and_from_0_to_1(string? first, string? second)
    {
        var similarity = NearDuplicates.Similarity(first ?? "", second ?? "");

        Assert.InRange(similarity, 0, 1);
        Assert.Equal(similarity, NearDuplicates.Similarity(second ?? "", first ?? ""));
        Assert.Equal(1, NearDuplicates.Similarity(first ?? "", first ?? ""));
    }
}
