using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function on a schedule, in UTC or the time zone in <c>WEBSITE_TIME_ZONE</c>.</summary>
/// <param name="schedule">Six-field NCRONTAB (seconds first), five fields, a TimeSpan, or a <c>%setting%</c> with one of these.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    public string Schedule { get; } = schedule;

    /// <summary>Whether a missed occurrence is made up for after a restart; on by default, as on Azure, for intervals of a minute or more.</summary>
    public bool UseMonitor { get; set; } = true;

    public bool RunOnStartup { get; set; }
}
