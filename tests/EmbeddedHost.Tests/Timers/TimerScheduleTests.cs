using System.Globalization;
using Microsoft.Azure.Functions.Worker.Timers;

namespace ChatLoop.EmbeddedHost.Tests.Timers;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-11-24 09:03:20", "2026-11-24 09:05:00")]
    [InlineData("0 */5 * * * *", "2026-11-24 09:05:00", "2026-11-24 09:10:00")]
    [InlineData("*/5 * * * *", "2026-11-24 09:03:20", "2026-11-24 09:05:00")]
    [InlineData("*/10 * * * * *", "2026-11-24 09:03:20", "2026-11-24 09:03:30")]
    [InlineData("0 30 9 * * 1-5", "2026-11-27 10:00:00", "2026-11-30 09:30:00")]
    [InlineData("0 0 0 1 Jan *", "2026-11-24 00:00:00", "2027-01-01 00:00:00")]
    [InlineData("0  0\t12 * * Mon", "2026-11-24 00:00:00", "2026-11-30 12:00:00")]
    [InlineData("00:00:07", "2026-11-24 09:03:20", "2026-11-24 09:03:27")]
    [InlineData("1.00:00:00", "2026-11-24 09:03:20", "2026-11-25 09:03:20")]
    public void Next_follows_six_fields_five_fields_and_intervals(string schedule, string after, string next) =>
        Assert.Equal(Utc(next), TimerSchedule.Parse(schedule, TimeZoneInfo.Utc).Next(Utc(after)));

    [Fact]
    public void Next_is_null_for_a_day_that_never_comes() =>
        Assert.Null(TimerSchedule.Parse("0 0 0 30 2 *", TimeZoneInfo.Utc).Next(Utc("2026-11-24 00:00:00")));

    [Theory]
    [InlineData("2026-03-28 12:00:00", "2026-03-29 01:00:00")] // 02:30 does not exist that night: it fires as the clock goes on to 03:00.
    [InlineData("2026-10-24 12:00:00", "2026-10-25 00:30:00")] // 02:30 comes twice: it fires at the first.
    [InlineData("2026-10-25 00:30:00", "2026-10-26 01:30:00")]
    public void Next_follows_the_time_zone_over_the_change_of_clocks(string after, string next) =>
        Assert.Equal(Utc(next), TimerSchedule.Parse("0 30 2 * * *", CentralEurope()).Next(Utc(after)));

    [Theory]
    [InlineData("", "\"\" is not a schedule: six fields")]
    [InlineData("* * * *", "\"* * * *\" is not a schedule: six fields")]
    [InlineData("0 0 0 0 0 0 0", "is not a schedule: six fields")]
    [InlineData("0 60 * * * *", "\"0 60 * * * *\" is not a schedule: ")]
    [InlineData("daily at nine a b c", "is not a schedule: ")]
    [InlineData("00:00:00", "\"00:00:00\" is not an interval above zero")]
    [InlineData("-00:05:00", "is not an interval above zero")]
    public void Parse_says_what_is_wrong(string schedule, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => TimerSchedule.Parse(schedule, TimeZoneInfo.Utc)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("*/30 * * * * *", true)]
    [InlineData("00:00:59", true)]
    [InlineData("0 * * * * *", false)]
    [InlineData("00:01:00", false)]
    public void IsFrequent_holds_below_a_minute(string schedule, bool isFrequent) =>
        Assert.Equal(isFrequent, TimerSchedule.Parse(schedule, TimeZoneInfo.Utc).IsFrequent(Utc("2026-11-24 09:03:20")));

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>Made by hand, so that the test needs no time zone data of the machine.</summary>
    private static TimeZoneInfo CentralEurope()
    {
        var summer = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday);
        var winter = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), summer, winter);
        return TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test", "test", [rule]);
    }
}
