namespace Microsoft.DurableTask.History;

internal sealed record TaskScheduled(DateTime At, int Id, string Name, string? Input, string Version) : DecisionEvent(At, Id)
{
    public override string Describe() => $"activity '{Name}'";
}

internal sealed record TaskCompleted(DateTime At, int Id, string? Result) : HistoryEvent(At);

internal sealed record TaskFailed(DateTime At, int Id, Failure Failure) : HistoryEvent(At);
