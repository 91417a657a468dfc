using ChatLoop.Inference.Sampling;

namespace ChatLoop.Inference.Tests.Sampling;

public sealed class SplitMix64Tests
{
    // The published generator's first numbers (Vigna's splitmix64.c) for this seed.
    [Fact]
    public void Numbers_are_the_published_ones()
    {
        var random = new SplitMix64(1234567);

        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821], Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void Doubles_lie_between_zero_and_one()
    {
        var random = new SplitMix64(5);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => random.NextDouble()).ToArray();

        Assert.All(drawn, value => Assert.True(value is >= 0 and < 1));
        Assert.InRange(drawn.Average(), 0.49, 0.51);
    }
}
