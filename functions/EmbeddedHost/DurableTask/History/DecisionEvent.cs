namespace Microsoft.DurableTask.History;

/// <summary>Something the orchestrator decided; numbered from 0 in the order it decided.</summary>
internal abstract record DecisionEvent(DateTime At, int Id) : HistoryEvent(At)
{
    /// <summary>What a replay must decide again, in words: "activity 'Greet'".</summary>
    public abstract string Describe();
}
