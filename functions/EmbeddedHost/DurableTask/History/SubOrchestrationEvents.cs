namespace Microsoft.DurableTask.History;

internal sealed record SubOrchestrationCreated(
    DateTime At, int Id, string Name, string InstanceId, string? Input, string Version, IReadOnlyDictionary<string, string>? Tags = null) : DecisionEvent(At, Id)
{
    public override string Describe() => $"sub-orchestration '{Name}' ({InstanceId})";
}

internal sealed record SubOrchestrationCompleted(DateTime At, int Id, string? Result) : HistoryEvent(At);

internal sealed record SubOrchestrationFailed(DateTime At, int Id, Failure Failure) : HistoryEvent(At);
