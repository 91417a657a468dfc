using System.Globalization;
using Cronos;

namespace Microsoft.Azure.Functions.Worker.Timers;

/// <summary>When a timer fires: NCRONTAB as on Azure (six fields, seconds first; five fields start at second 0) or an interval.</summary>
internal sealed class TimerSchedule
{
    private readonly CronExpression? _cron;
    private readonly TimeSpan _interval;
    private readonly TimeZoneInfo _zone;

    private TimerSchedule(CronExpression? cron, TimeSpan interval, TimeZoneInfo zone)
    {
        _cron = cron;
        _interval = interval;
        _zone = zone;
    }

    /// <exception cref="FormatException">The text is neither form, or never fires.</exception>
    public static TimerSchedule Parse(string text, TimeZoneInfo zone)
    {
        var fields = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 1 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval))
        {
            return interval > TimeSpan.Zero
                ? new TimerSchedule(null, interval, zone)
                : throw new FormatException($"\"{text}\" is not an interval above zero");
        }
        if (fields.Length is not (5 or 6))
            throw new FormatException($"\"{text}\" is not a schedule: six fields {{second}} {{minute}} {{hour}} {{day}} {{month}} {{day of week}}, such as \"0 */5 * * * *\", or an interval such as \"00:05:00\"");
        try
        {
            var cron = CronExpression.Parse(string.Join(' ', fields), fields.Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
            return new TimerSchedule(cron, TimeSpan.Zero, zone);
        }
        catch (CronFormatException e)
        {
            throw new FormatException($"\"{text}\" is not a schedule: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>The first time after the given one (UTC); null when there is none, as for 30 February.</summary>
    public DateTime? Next(DateTime after)
    {
        if (_cron is not null)
            return _cron.GetNextOccurrence(DateTime.SpecifyKind(after, DateTimeKind.Utc), _zone);
        return DateTime.MaxValue - after > _interval ? after + _interval : null;
    }

    /// <summary>Whether two firings ever come within a minute of each other: Azure does not monitor such timers.</summary>
    public bool IsFrequent(DateTime now)
    {
        if (Next(now) is not { } first || Next(first) is not { } second)
            return false;
        return second - first < TimeSpan.FromMinutes(1);
    }
}
