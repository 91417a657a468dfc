namespace Microsoft.Azure.Functions.Worker;

/// <summary>A monitored schedule, as it was kept at its last run.</summary>
public class ScheduleStatus
{
    public DateTime Last { get; set; }

    public DateTime Next { get; set; }

    public DateTime LastUpdated { get; set; }
}
