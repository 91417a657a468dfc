using ChatLoop.EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatLoop.EmbeddedHost.Tests.Timers;

public sealed class TimerFunctionsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 3, 0, TimeSpan.Zero);

    private readonly ManualTime _time = new(Start);
    private readonly TimerRuns _runs;

    public TimerFunctionsTests() => _runs = new TimerRuns(_time);

    [Fact]
    public async Task A_timer_fires_at_each_occurrence_and_not_before()
    {
        await using var host = await StartAsync<EveryFiveMinutes>();

        await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(2));
        _time.Advance(TimeSpan.FromMinutes(1.9));
        Assert.False(_runs.Any);
        _time.Advance(TimeSpan.FromMinutes(0.1));
        var first = await _runs.NextAsync();
        await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromMinutes(5));
        var second = await _runs.NextAsync();

        Assert.Equal([Minute(5), Minute(10)], [first.At, second.At]);
        Assert.False(first.Timer.IsPastDue);
        Assert.Equal((Minute(5), Minute(10)), (second.Timer.ScheduleStatus!.Last, second.Timer.ScheduleStatus.Next));
    }

    [Fact]
    public async Task Long_waits_go_in_steps_of_ten_minutes_and_a_clock_set_forward_fires_at_the_next_step()
    {
        await using var host = await StartAsync<Daily>();

        await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(10));
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(Start.UtcDateTime.AddDays(1), (await _runs.NextAsync()).At);
    }

    [Fact]
    public async Task RunOnStartup_fires_at_once_and_then_on_schedule()
    {
        await using var host = await StartAsync<OnStartup>();

        Assert.Equal(Start.UtcDateTime, (await _runs.NextAsync()).At);
        await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(2));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(Minute(5), (await _runs.NextAsync()).At);
    }

    [Fact]
    public async Task An_occurrence_missed_while_the_app_was_down_is_made_up_for_once_as_past_due()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await StartAsync<EveryFiveMinutes>(folder))
        {
            await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(2));
            _time.Advance(TimeSpan.FromMinutes(2));
            Assert.False((await _runs.NextAsync()).Timer.IsPastDue);
            await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(5));
        }
        _time.Advance(TimeSpan.FromMinutes(12));
        await using (var host = await StartAsync<EveryFiveMinutes>(folder))
        {
            var late = await _runs.NextAsync();
            Assert.Equal((Minute(17), true, Minute(5)), (late.At, late.Timer.IsPastDue, late.Timer.ScheduleStatus!.Last));
            await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(3));
        }
        _time.Advance(TimeSpan.FromMinutes(1));
        await using (var host = await StartAsync<EveryFiveMinutes>(folder))
        {
            await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(2));
            Assert.False(_runs.Any);
        }
    }

    [Fact]
    public async Task A_first_start_makes_up_for_nothing_but_a_miss_right_after_it_counts()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await StartAsync<EveryFiveMinutes>(folder))
        {
            await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(2));
            Assert.False(_runs.Any);
        }
        _time.Advance(TimeSpan.FromMinutes(3));
        await using (var host = await StartAsync<EveryFiveMinutes>(folder))
            Assert.True((await _runs.NextAsync()).Timer.IsPastDue);
    }

    [Theory]
    [InlineData(typeof(EverySecond), 1)]
    [InlineData(typeof(Unmonitored), 600)]
    public async Task A_timer_without_monitor_keeps_no_state_and_makes_up_for_nothing(Type function, int seconds)
    {
        var wait = TimeSpan.FromSeconds(seconds);
        using var folder = new TemporaryFolder();
        await using (var host = await StartAsync(function, folder))
            await _time.UntilWaitingForAsync(wait);
        _time.Advance(TimeSpan.FromHours(1.5));
        await using (var host = await StartAsync(function, folder))
        {
            await _time.UntilWaitingForAsync(wait);
            Assert.False(_runs.Any);
            _time.Advance(wait);
            Assert.Null((await _runs.NextAsync()).Timer.ScheduleStatus);
        }
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "data", "timers")));
    }

    [Fact]
    public async Task A_damaged_state_is_told_and_starts_afresh()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "data", "timers"));
        folder.Write(Path.Combine("data", "timers", "tick.json"), "{ \"Last\": ");

        await using var host = await StartAsync<EveryFiveMinutes>(folder);
        await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(2));

        Assert.False(_runs.Any);
        Assert.Contains(host.Log.Lines, line => line is { Event: 32, Level: LogLevel.Warning });
    }

    [Fact]
    public async Task A_state_that_cannot_be_written_is_told_and_the_schedule_goes_on()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "data"));
        // A file where the folder should be: no user, root neither, can write below it.
        folder.Write(Path.Combine("data", "timers"), "");

        await using var host = await StartAsync<EveryFiveMinutes>(folder);
        await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(2));
        _time.Advance(TimeSpan.FromMinutes(2));
        await _runs.NextAsync();
        await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(5));

        Assert.Contains(host.Log.Lines, line => line is { Event: 33, Level: LogLevel.Error });
    }

    [Fact]
    public async Task A_failed_run_is_logged_and_the_schedule_goes_on()
    {
        _runs.Failures = 1;
        await using var host = await StartAsync<EveryFiveMinutes>();

        await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(2));
        _time.Advance(TimeSpan.FromMinutes(2));
        await _runs.NextAsync();
        await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(Minute(10), (await _runs.NextAsync()).At);
        Assert.Single(host.Log.Lines, line => line is { Category: "Function.Tick", Level: LogLevel.Error });
    }

    [Fact]
    public async Task Fixed_retries_come_after_the_same_delay_until_they_are_used_up()
    {
        _runs.Failures = 4;
        await using var host = await StartAsync<FixedRetries>();

        foreach (var retry in new[] { 0, 1, 2 })
        {
            Assert.Equal((retry, 2), await NextAttemptAsync());
            if (retry == 2)
                break;
            await _time.UntilWaitingForAsync(TimeSpan.FromSeconds(10));
            _time.Advance(TimeSpan.FromSeconds(10));
        }
        // Given up: it waits for the next occurrence, 20 seconds of the two minutes being over.
        await _time.UntilWaitingForAsync(TimeSpan.FromSeconds(100));
        Assert.False(_runs.Any);
    }

    [Fact]
    public async Task Exponential_retries_double_up_to_the_maximum_for_ever()
    {
        _runs.Failures = 6;
        await using var host = await StartAsync<ExponentialRetries>();

        Assert.Equal((0, -1), await NextAttemptAsync());
        var retry = 0;
        foreach (var seconds in new[] { 1, 2, 4, 5, 5, 5 })
        {
            await _time.UntilWaitingForAsync(TimeSpan.FromSeconds(seconds));
            _time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal((++retry, -1), await NextAttemptAsync());
        }
    }

    [SkippableFact]
    public async Task The_time_zone_of_the_settings_holds()
    {
        Skip.IfNot(TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Tokyo", out _), "This machine has no time zone data (tzdata).");
        await using var host = await StartAsync(typeof(Daily), null, new Dictionary<string, string> { ["WEBSITE_TIME_ZONE"] = "Asia/Tokyo" });

        // 09:00 in Tokyo is midnight UTC: in 14 h 57 min, where UTC's own 09:00 is in 23 h 57 min.
        await _time.UntilWaitingForAsync(TimeSpan.FromMinutes(10));
        Assert.Contains(host.Log.Lines, line => line.Event == 30 && line.Text.Contains("2026-11-25 00:00:00Z", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(BadSchedule), "Function 'Tick': \"every day\" is not a schedule: six fields")]
    [InlineData(typeof(BadRetryInterval), "Function 'Tick': \"soon\" in its retry attribute is not an interval as \"hh:mm:ss\".")]
    [InlineData(typeof(BadRetryCount), "Function 'Tick': maxRetryCount of its retry attribute must be -1 (for ever) or more.")]
    [InlineData(typeof(BadRetryOrder), "Function 'Tick': the minimum interval of its retry attribute is above the maximum.")]
    public void A_timer_that_cannot_work_ends_the_start_with_one_line(Type function, string line) =>
        Assert.StartsWith(line, new TestApp(function).StartFailure(), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_time_zone_ends_the_start_with_one_line() => Assert.Equal(
        "WEBSITE_TIME_ZONE is \"Europe/Atlantis\", which is no time zone of this machine: use a name such as Europe/Berlin.",
        new TestApp(typeof(Daily)) { Settings = new Dictionary<string, string> { ["WEBSITE_TIME_ZONE"] = "Europe/Atlantis" } }.StartFailure());

    private static DateTime Minute(int minute) => new(2026, 11, 24, 9, minute, 0, DateTimeKind.Utc);

    private async Task<(int Retry, int Most)> NextAttemptAsync()
    {
        var run = await _runs.NextAsync();
        return (run.Retry, run.MaxRetries);
    }

    private Task<TestHost> StartAsync<TFunction>(TemporaryFolder? folder = null) => StartAsync(typeof(TFunction), folder);

    private Task<TestHost> StartAsync(Type function, TemporaryFolder? folder, Dictionary<string, string>? settings = null) => new TestApp(function)
    {
        Time = _time,
        Settings = settings ?? [],
        Configure = builder => builder.Services.AddSingleton(_runs),
    }.StartAsync(folder);

    public sealed class EveryFiveMinutes(TimerRuns runs)
    {
        [Function("Tick")]
        public void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, FunctionContext context) => runs.Run(timer, context);
    }

    public sealed class Daily(TimerRuns runs)
    {
        [Function("Tick")]
        public void Run([TimerTrigger("0 0 9 * * *")] TimerInfo timer, FunctionContext context) => runs.Run(timer, context);
    }

    public sealed class EverySecond(TimerRuns runs)
    {
        [Function("Tick")]
        public void Run([TimerTrigger("* * * * * *")] TimerInfo timer, FunctionContext context) => runs.Run(timer, context);
    }

    public sealed class Unmonitored(TimerRuns runs)
    {
        [Function("Tick")]
        public void Run([TimerTrigger("00:10:00", UseMonitor = false)] TimerInfo timer, FunctionContext context) => runs.Run(timer, context);
    }

    public sealed class OnStartup(TimerRuns runs)
    {
        [Function("Tick")]
        public void Run([TimerTrigger("0 */5 * * * *", RunOnStartup = true)] TimerInfo timer, FunctionContext context) => runs.Run(timer, context);
    }

    public sealed class FixedRetries(TimerRuns runs)
    {
        [Function("Tick"), FixedDelayRetry(2, "00:00:10")]
        public void Run([TimerTrigger("0 */5 * * * *", RunOnStartup = true)] TimerInfo timer, FunctionContext context) => runs.Run(timer, context);
    }

    public sealed class ExponentialRetries(TimerRuns runs)
    {
        [Function("Tick"), ExponentialBackoffRetry(-1, "00:00:01", "00:00:05")]
        public void Run([TimerTrigger("0 */5 * * * *", RunOnStartup = true)] TimerInfo timer, FunctionContext context) => runs.Run(timer, context);
    }

    public static class BadSchedule
    {
        [Function("Tick")]
        public static void Run([TimerTrigger("every day")] TimerInfo timer)
        {
        }
    }

    public static class BadRetryInterval
    {
        [Function("Tick"), FixedDelayRetry(2, "soon")]
        public static void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer)
        {
        }
    }

    public static class BadRetryCount
    {
        [Function("Tick"), FixedDelayRetry(-2, "00:00:01")]
        public static void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer)
        {
        }
    }

    public static class BadRetryOrder
    {
        [Function("Tick"), ExponentialBackoffRetry(2, "00:00:02", "00:00:01")]
        public static void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer)
        {
        }
    }
}
