using ChatLoop.Inference.Generation;

namespace ChatLoop.Inference.Tests.Generation;

public sealed class PrefixCacheTests : IDisposable
{
    private readonly PrefixCache<Kept> _cache = new(10);

    [Fact]
    public void The_entry_with_the_longest_common_beginning_is_found()
    {
        var (one, other) = (Keep(1, 2, 3), Keep(1, 2, 4, 5));

        Assert.Equal((other, 3), _cache.Find([1, 2, 4, 6], 9));
        Assert.Equal((one, 3), _cache.Find([1, 2, 3, 4], 9));
        Assert.Equal(2, _cache.Find([1, 2, 3, 4], most: 2)?.Length);
        Assert.Null(_cache.Find([2, 1], 9));
        Assert.Null(_cache.Find([1], 0));
    }

    [Fact]
    public void The_longest_unused_goes_when_the_room_is_taken()
    {
        var (first, second) = (Keep(1, 1, 1, 1), Keep(2, 2, 2, 2));
        Assert.Equal((first, 1), _cache.Find([1, 9], 9));

        var third = Keep(3, 3, 3, 3);

        Assert.True(second.IsDisposed);
        Assert.False(first.IsDisposed);
        Assert.Equal((third, 4), _cache.Find([3, 3, 3, 3, 3], 9));
        Assert.Equal(8, _cache.Tokens);
    }

    [Fact]
    public void A_longer_sequence_takes_the_place_of_its_beginning_and_a_beginning_is_not_kept_twice()
    {
        var begun = Keep(1, 2);
        var longer = Keep(1, 2, 3);
        Assert.True(begun.IsDisposed);

        _cache.Keep([1, 2], () => throw new InvalidOperationException("kept twice"));

        Assert.Equal((longer, 3), _cache.Find([1, 2, 3, 4], 9));
        Assert.Equal(3, _cache.Tokens);
    }

    [Fact]
    public void What_is_longer_than_all_the_room_is_not_kept()
    {
        var kept = Keep(1, 2);

        _cache.Keep([.. Enumerable.Range(1, 11)], () => throw new InvalidOperationException("too long"));

        Assert.False(kept.IsDisposed);
        Assert.Equal(2, _cache.Tokens);
    }

    [Fact]
    public void At_the_end_all_goes()
    {
        var (one, other) = (Keep(1), Keep(2));

        _cache.Dispose();

        Assert.True(one.IsDisposed && other.IsDisposed);
        Assert.Equal(0, _cache.Tokens);
    }

    public void Dispose() => _cache.Dispose();

    private Kept Keep(params int[] tokens)
    {
        var kept = new Kept();
        _cache.Keep(tokens, () => kept);
        return kept;
    }

    private sealed class Kept : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
