namespace Microsoft.DurableTask.History;

internal sealed record EventSent(DateTime At, int Id, string InstanceId, string Name, string? Payload) : DecisionEvent(At, Id)
{
    public override string Describe() => $"event '{Name}' to {InstanceId}";
}

internal sealed record EventRaised(DateTime At, string Name, string? Payload) : HistoryEvent(At);
