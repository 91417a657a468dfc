using ChatLoop.Training.Cli;
using ChatLoop.Training.Pretraining;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Pretraining;

public sealed class MixtureSamplerTests
{
    private static readonly ushort[] Ids = [.. Enumerable.Range(0, 500).Select(i => (ushort)i)];
    private static readonly ShardSet[] Sets = [new("low", 0, 101, 0), new("high", 101, 399, 0)];

    [Fact]
    public void Targets_are_the_next_ids_and_rows_stay_within_their_set()
    {
        using var scope = NewDisposeScope();
        var batch = Sampler(new() { ["low"] = 1, ["high"] = 1 }).Next();
        var (ids, targets) = (batch.Ids.data<long>().ToArray(), batch.Targets.data<long>().ToArray());
        Assert.Equal(ids.Select(i => i + 1), targets);
        Assert.All(ids.Chunk(10), row => Assert.True(row.All(i => i < 101) || row.All(i => i >= 101)));
    }

    [Fact]
    public void Shares_hold_at_every_moment()
    {
        using var scope = NewDisposeScope();
        var sampler = Sampler(new() { ["low"] = 1, ["high"] = 3 });
        var low = 0;
        for (var rows = 4; rows <= 400; rows += 4)
        {
            low += sampler.Next().Ids.data<long>().ToArray().Chunk(10).Count(row => row[0] < 101);
            Assert.Equal(rows / 4.0, low, 1.0);
        }
    }

    [Fact]
    public void An_epoch_shows_every_window_once_and_the_next_in_another_order()
    {
        using var scope = NewDisposeScope();
        var sampler = new MixtureSampler(Ids, Sets, new Dictionary<string, double> { ["low"] = 1 }, rows: 9, length: 10, seed: 1);
        var first = sampler.Next().Ids.data<long>().ToArray().Chunk(10).Select(row => row[0]).ToArray();
        var second = sampler.Next().Ids.data<long>().ToArray().Chunk(10).Select(row => row[0]).ToArray();
        Assert.Equal(9, first.Distinct().Count());
        Assert.Single(first.Select(i => i % 10).Distinct());
        Assert.NotEqual(first.Order(), first);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_cursor_put_back_gives_the_same_rows()
    {
        using var scope = NewDisposeScope();
        var weights = new Dictionary<string, double> { ["low"] = 1, ["high"] = 2 };
        var (one, other) = (Sampler(weights), Sampler(weights));
        for (var i = 0; i < 17; i++) one.Next();
        other.Cursor = one.Cursor;
        for (var i = 0; i < 20; i++) Assert.Equal(one.Next().Ids.data<long>().ToArray(), other.Next().Ids.data<long>().ToArray());
    }

    [Fact]
    public void Sets_go_by_their_size_when_nothing_is_weighed()
    {
        var shares = Sampler([]).Shares(rows: 100).ToDictionary(s => s.Name, s => s.Share);
        Assert.Equal(101.0 / 500, shares["low"], 1e-9);
    }

    [Fact]
    public void A_weight_for_no_set_is_refused_and_the_sets_there_are_are_named() =>
        Assert.Contains("'lwo', but the shards hold only low, high", Assert.Throws<StageException>(() => Sampler(new() { ["lwo"] = 1 })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_set_too_small_for_a_row_is_refused_by_name() =>
        Assert.Contains("'low' has 101 tokens", Assert.Throws<StageException>(() => new MixtureSampler(Ids, Sets, new Dictionary<string, double>(), 2, 64, 1)).Message, StringComparison.Ordinal);

    private static MixtureSampler Sampler(Dictionary<string, double> weights) => new(Ids, Sets, weights, rows: 4, length: 10, seed: 1);
}
