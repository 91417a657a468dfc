using ChatLoop.Inference.Generation;

namespace ChatLoop.Inference.Tests.Generation;

public sealed class SchedulerTests
{
    [Fact]
    public void One_callers_requests_go_in_their_order_and_callers_take_turns()
    {
        var scheduler = new Scheduler<string>(1, 100);
        foreach (var item in (string[])["a1", "a2", "a3", "b1", "a4", "b2", "c1"]) scheduler.Add(item, item[..1]);

        Assert.Equal(["a1", "b1", "c1", "a2", "b2", "a3", "a4"], Drain(scheduler));
    }

    [Fact]
    public void A_caller_that_comes_again_goes_behind_those_that_wait()
    {
        var scheduler = new Scheduler<string>(10, 100);
        scheduler.Add("a1", "a");
        scheduler.Add("b1", "b");
        scheduler.Add("b2", "b");
        Assert.True(scheduler.TryStart(out var first));
        scheduler.Add("a2", "a");

        Assert.Equal("a1", first);
        Assert.Equal(["b1", "a2", "b2"], Drain(scheduler));
    }

    [Fact]
    public void Requests_without_a_caller_share_one_turn()
    {
        var scheduler = new Scheduler<string>(1, 100);
        foreach (var item in (string[])["1", "2", "3"]) scheduler.Add(item, null);
        scheduler.Add("a", "a");

        Assert.Equal(["1", "a", "2", "3"], Drain(scheduler));
    }

    [Fact]
    public void No_more_start_than_there_are_slots()
    {
        var scheduler = new Scheduler<string>(2, 10);
        foreach (var item in (string[])["1", "2", "3"]) scheduler.Add(item, null);

        Assert.True(scheduler.TryStart(out _));
        Assert.True(scheduler.TryStart(out _));
        Assert.False(scheduler.TryStart(out var none));
        Assert.Null(none);
        Assert.Equal((2, 1), (scheduler.Active, scheduler.Waiting));
        scheduler.End(null);
        Assert.True(scheduler.TryStart(out var third));
        Assert.Equal("3", third);
    }

    [Fact]
    public void Past_slots_and_queue_a_request_is_refused_until_one_ends()
    {
        var scheduler = new Scheduler<string>(2, 1);
        foreach (var item in (string[])["1", "2", "3"]) scheduler.Add(item, null);

        Assert.True(scheduler.IsFull);
        Assert.Throws<EngineBusyException>(() => scheduler.Add("4", null));
        Assert.True(scheduler.TryStart(out _));
        Assert.Throws<EngineBusyException>(() => scheduler.Add("4", null));
        scheduler.End(null);
        scheduler.Add("4", null);
        Assert.True(scheduler.IsFull);
    }

    [Fact]
    public void A_request_taken_back_leaves_its_place_to_others()
    {
        var scheduler = new Scheduler<string>(1, 1);
        scheduler.Add("a1", "a");
        scheduler.Add("b1", "b");

        Assert.True(scheduler.Remove("a1"));
        Assert.False(scheduler.Remove("a1"));
        scheduler.Add("a2", "a");
        Assert.Equal(["b1", "a2"], Drain(scheduler));
        Assert.Equal((0, 0), (scheduler.Active, scheduler.Waiting));
    }

    [Fact]
    public void When_to_try_again_follows_from_what_waits_and_how_long_answers_took()
    {
        var scheduler = new Scheduler<string>(2, 100);
        for (var i = 0; i < 200; i++)
        {
            scheduler.Add("done", null);
            Assert.True(scheduler.TryStart(out _));
            scheduler.End(TimeSpan.FromSeconds(4));
        }

        for (var i = 0; i < 10; i++) scheduler.Add($"{i}", null);

        Assert.Equal(20, scheduler.Load.RetryAfter.TotalSeconds, 1e-6);
        Assert.Equal(TimeSpan.FromSeconds(1), new Scheduler<string>(8, 0).Load.RetryAfter);
    }

    private static List<string> Drain(Scheduler<string> scheduler)
    {
        var order = new List<string>();
        while (scheduler.Active > 0) scheduler.End(null);
        while (scheduler.TryStart(out var item))
        {
            order.Add(item);
            scheduler.End(null);
        }

        return order;
    }
}
