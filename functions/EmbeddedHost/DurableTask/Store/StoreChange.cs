namespace Microsoft.DurableTask.Store;

/// <summary>One step of a transaction.</summary>
internal abstract record StoreChange
{
    /// <summary>Writes a new instance in place of any of its id, with an empty history.</summary>
    public sealed record Create(InstanceRow Row) : StoreChange;

    /// <summary>Writes what changes in a turn.</summary>
    public sealed record Update(InstanceRow Row) : StoreChange;

    public sealed record Append(string InstanceId, int First, IReadOnlyList<History.HistoryEvent> Events) : StoreChange;

    public sealed record Delete(string InstanceId) : StoreChange;

    public sealed record Send(InboxMessage Message) : StoreChange;

    public sealed record Received(long MessageId) : StoreChange;
}
