using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Invocations;
using Microsoft.Azure.Functions.Worker.Queues;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Timers;

/// <summary>Runs every timer function while the host runs.</summary>
internal sealed class TimerFunctions(
    FunctionCatalog catalog, FunctionInvoker invoker, QueueSender outputs, HostLog log, IConfiguration settings, DataFolder data,
    IHostApplicationLifetime lifetime, TimeProvider time, ILoggerFactory loggers) : IHostedService
{
    private Task _running = Task.CompletedTask;

    public IReadOnlyList<(FunctionDescriptor Function, string Text, TimerSchedule Schedule)> Timers { get; } = Read(catalog, settings);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger("Host.Timers");
        var folder = Path.Combine(data.Path, "timers");
        var now = time.GetUtcNow().UtcDateTime;
        _running = Task.WhenAll(Timers.Select(timer =>
        {
            var trigger = (TimerTriggerAttribute)timer.Function.Trigger;
            var state = trigger.UseMonitor && !timer.Schedule.IsFrequent(now)
                ? new TimerState(
                    folder, timer.Function.Name, (e, path) => Logs.TimerStateDamaged(logger, e, path), (e, path) => Logs.TimerStateNotWritten(logger, e, path))
                : null;
            var listener = new TimerListener(
                timer.Function, timer.Schedule, RetrySchedule.Of(timer.Function), state, invoker, outputs, log, time, logger);
            return Task.Run(() => listener.RunAsync(trigger.RunOnStartup, lifetime.ApplicationStopping), CancellationToken.None);
        }));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _running.WaitAsync(cancellationToken);

    private static List<(FunctionDescriptor Function, string Text, TimerSchedule Schedule)> Read(FunctionCatalog catalog, IConfiguration settings)
    {
        var zone = Zone(settings["WEBSITE_TIME_ZONE"]);
        var timers = new List<(FunctionDescriptor Function, string Text, TimerSchedule Schedule)>();
        foreach (var (function, trigger) in catalog.With<TimerTriggerAttribute>())
        {
            var text = SettingReference.Resolve(trigger.Schedule, settings, function.Name);
            RetrySchedule.Of(function);
            try
            {
                timers.Add((function, text, TimerSchedule.Parse(text, zone)));
            }
            catch (FormatException e)
            {
                throw FunctionDiscovery.Bad(function.Name, e.Message);
            }
        }
        return timers;
    }

    private static TimeZoneInfo Zone(string? id)
    {
        if (string.IsNullOrEmpty(id))
            return TimeZoneInfo.Utc;
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : throw new HostStartException($"WEBSITE_TIME_ZONE is \"{id}\", which is no time zone of this machine: use a name such as Europe/Berlin.");
    }
}
