namespace Microsoft.DurableTask.History;

internal sealed record TimerCreated(DateTime At, int Id, DateTime FireAt) : DecisionEvent(At, Id)
{
    // Not the time: the recorded one holds, as on Azure.
    public override string Describe() => "a timer";
}

internal sealed record TimerFired(DateTime At, int Id) : HistoryEvent(At);
