using ChatLoop.Training.Optimization;

namespace ChatLoop.Training.Tests.Optimization;

public sealed class ScheduleTests
{
    [Fact]
    public void Warmup_stable_decay_rises_stays_and_falls_to_the_floor()
    {
        var schedule = new Schedule { Peak = 1, WarmupSteps = 4, DecayShare = 0.5, Floor = 0.2 };
        double[] expected = [0.25, 0.5, 0.75, 1, 1, 1, 0.8 * 5 / 6 + 0.2, 0.8 * 4 / 6 + 0.2, 0.8 * 3 / 6 + 0.2, 0.8 * 2 / 6 + 0.2, 0.8 * 1 / 6 + 0.2, 0.2];
        Assert.Equal(6, schedule.DecayStart(12));
        Assert.All(expected.Select((e, i) => (e, schedule.At(i, 12))), p => Assert.Equal(p.e, p.Item2, 1e-12));
    }

    [Fact]
    public void Cosine_is_half_way_in_the_middle_and_at_the_floor_in_the_end()
    {
        var schedule = new Schedule { Shape = ScheduleShape.Cosine, Peak = 2, WarmupSteps = 2, Floor = 0 };
        Assert.Equal(1, schedule.At(0, 12), 1e-12);
        Assert.Equal(2, schedule.At(1, 12), 1e-12);
        Assert.Equal(1, schedule.At(6, 12), 1e-12);
        Assert.Equal(0, schedule.At(11, 12), 1e-12);
    }

    [Fact]
    public void Length_of_the_run_does_not_change_the_rate_before_the_decay()
    {
        var schedule = new Schedule { Peak = 3e-3, WarmupSteps = 10, DecayShare = 0.3 };
        for (var step = 0; step < 70; step++) Assert.Equal(schedule.At(step, 100), schedule.At(step, 1000));
    }
}
