using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Queues;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Timers;

/// <summary>Fires one timer function on its schedule, never two runs at once.</summary>
internal sealed class TimerListener(
    FunctionDescriptor function, TimerSchedule schedule, RetrySchedule? retries, TimerState? state,
    FunctionInvoker invoker, QueueSender outputs, HostLog log, TimeProvider time, ILogger logger)
{
    /// <summary>Long waits go in steps, so that a changed clock is noticed.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);

    public async Task RunAsync(bool runNow, CancellationToken stopping)
    {
        try
        {
            var status = state?.Read();
            // Reckoned from the last run and not from the stored next one: the schedule may have changed since.
            var missed = status is not null && schedule.Next(Later(status.Last, status.LastUpdated)) <= Now;
            if (runNow || missed)
                await FireAsync(status, missed, stopping);
            else if (status is null)
                Save(last: default);

            while (schedule.Next(Now) is { } next)
            {
                Logs.TimerScheduled(logger, function.Name, next);
                while (Now < next)
                    await Task.Delay(next - Now < LongestStep ? next - Now : LongestStep, time, stopping);
                await FireAsync(state?.Read(), isPastDue: false, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task FireAsync(ScheduleStatus? status, bool isPastDue, CancellationToken stopping)
    {
        var fired = Now;
        var info = new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = state is null ? null : status ?? new ScheduleStatus() };
        for (var attempt = 0; !await TryAsync(info, attempt); attempt++)
        {
            if (retries?.Delay(attempt + 1) is not { } delay)
                break;
            Logs.TimerRetried(logger, function.Name, delay, attempt + 1);
            await Task.Delay(delay, time, stopping);
        }
        Save(fired);
    }

    private async Task<bool> TryAsync(TimerInfo info, int attempt)
    {
        await using var invocation = invoker.Begin(
            function, new TriggerEvent(info, new Dictionary<string, object?>(), attempt), CancellationToken.None);
        try
        {
            await log.RunAsync(invocation, async () =>
            {
                var result = await invocation.RunAsync();
                await outputs.SendAsync(function, result, invocation.CancellationToken);
            });
            return true;
        }
        // Logged; the schedule goes on whatever a run does.
        catch (Exception)
        {
            return false;
        }
    }

    private void Save(DateTime last) => state?.Write(new ScheduleStatus { Last = last, Next = schedule.Next(Now) ?? default, LastUpdated = Now });

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;
}
