using System.Globalization;
using Microsoft.Azure.Functions.Worker.Invocations;

namespace Microsoft.Azure.Functions.Worker.Timers;

/// <summary>How long to wait before each further attempt of a failed function.</summary>
internal sealed record RetrySchedule(int MaxRetryCount, TimeSpan Least, TimeSpan Most)
{
    public static RetrySchedule? Of(FunctionDescriptor function) => function.Retry switch
    {
        FixedDelayRetryAttribute retry => Create(function, retry.MaxRetryCount, retry.DelayInterval, retry.DelayInterval),
        ExponentialBackoffRetryAttribute retry => Create(function, retry.MaxRetryCount, retry.MinimumInterval, retry.MaximumInterval),
        _ => null,
    };

    /// <param name="attempt">1 for the first retry.</param>
    /// <returns>Null when no attempt is left.</returns>
    public TimeSpan? Delay(int attempt)
    {
        if (MaxRetryCount >= 0 && attempt > MaxRetryCount)
            return null;
        var factor = Math.Pow(2, Math.Min(attempt - 1, 40));
        return Least.Ticks * factor < Most.Ticks ? Least * factor : Most;
    }

    private static RetrySchedule Create(FunctionDescriptor function, int count, string least, string most)
    {
        if (count < -1)
            throw FunctionDiscovery.Bad(function.Name, "maxRetryCount of its retry attribute must be -1 (for ever) or more");
        var schedule = new RetrySchedule(count, Interval(function, least), Interval(function, most));
        return schedule.Least <= schedule.Most ? schedule : throw FunctionDiscovery.Bad(function.Name, "the minimum interval of its retry attribute is above the maximum");
    }

    private static TimeSpan Interval(FunctionDescriptor function, string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval >= TimeSpan.Zero
            ? interval
            : throw FunctionDiscovery.Bad(function.Name, $"\"{text}\" in its retry attribute is not an interval as \"hh:mm:ss\"");
}
