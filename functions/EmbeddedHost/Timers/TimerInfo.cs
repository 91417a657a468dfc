namespace Microsoft.Azure.Functions.Worker;

/// <summary>Why and when a timer fired.</summary>
public class TimerInfo
{
    /// <summary>Null when the schedule is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this run makes up for an occurrence missed while the app was down.</summary>
    public bool IsPastDue { get; set; }
}
