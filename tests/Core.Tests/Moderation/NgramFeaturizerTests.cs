using ChatLoop.Core.Moderation;

namespace ChatLoop.Core.Tests.Moderation;

public sealed class NgramFeaturizerTests
{
    private static readonly NgramFeaturizer Default = new(new FeaturizerSettings());

    [Fact]
    public void The_buckets_of_a_text_are_those_that_shipped_models_were_trained_on() =>
        Assert.Equal([697, 6297, 6711, 19363, 27895, 57302, 67893, 72476, 88069, 100610, 107979, 108222, 108543, 111391, 115138], Assert.Single(Default.Chunks("bad cat")));

    [Fact]
    public void Buckets_are_sorted_distinct_and_inside_the_table()
    {
        var buckets = Assert.Single(new NgramFeaturizer(new FeaturizerSettings(BucketBits: 6)).Chunks("what is a volcano and why is a volcano hot"));

        Assert.Equal(buckets.Distinct().Order(), buckets);
        Assert.All(buckets, bucket => Assert.InRange(bucket, 0, 63));
    }

    [Fact]
    public void A_misspelt_word_shares_features_with_the_right_one()
    {
        var right = Default.Chunks("photosynthesis")[0];
        var shared = Default.Chunks("photosyntesis")[0].Intersect(right).Count();

        Assert.InRange(shared, right.Length / 3, right.Length - 1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(20, 3)]
    public void A_long_text_is_cut_into_overlapping_windows_that_reach_its_end(int words, int windows)
    {
        var featurizer = new NgramFeaturizer(new FeaturizerSettings(ChunkWords: 10, ChunkStride: 5));
        var text = string.Join(' ', Enumerable.Range(0, words).Select(i => $"w{i}"));

        var chunks = featurizer.Chunks(text);

        Assert.Equal(windows, chunks.Count);
        if (words > 0) Assert.Empty(featurizer.Chunks($"w{words - 1}")[0].Except(chunks[^1]));
    }

    [Fact]
    public void Settings_that_contradict_themselves_are_refused() =>
        Assert.Contains("chunkStride", Assert.Throws<ArgumentException>(() => new NgramFeaturizer(new FeaturizerSettings(ChunkWords: 5, ChunkStride: 6))).Message, StringComparison.Ordinal);
}
