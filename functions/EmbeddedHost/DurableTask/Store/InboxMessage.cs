using Microsoft.DurableTask.History;

namespace Microsoft.DurableTask.Store;

/// <summary>An event on its way from one instance to another: written with the sender's turn, removed with the receiver's.</summary>
/// <param name="Execution">The run it is meant for; null for whichever there is.</param>
internal sealed record InboxMessage(long Id, string InstanceId, string? Execution, HistoryEvent Event);
