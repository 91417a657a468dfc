using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.History;

/// <param name="Execution">Tells this run of the instance id from an earlier one, so that late results of that go nowhere.</param>
/// <param name="StartAt">Not before this time, in UTC.</param>
internal sealed record ExecutionStarted(
    DateTime At, string Name, string Version, string Execution, string? Input, ParentTask? Parent = null,
    IReadOnlyDictionary<string, string>? Tags = null, DateTime? StartAt = null) : HistoryEvent(At);

internal sealed record ExecutionSuspended(DateTime At, string? Reason) : HistoryEvent(At);

internal sealed record ExecutionResumed(DateTime At, string? Reason) : HistoryEvent(At);

internal sealed record ExecutionTerminated(DateTime At, string? Output, bool Recursive) : HistoryEvent(At);

internal sealed record ExecutionCompleted(
    DateTime At,
    [property: JsonConverter(typeof(JsonStringEnumConverter<OrchestrationRuntimeStatus>))] OrchestrationRuntimeStatus Status,
    string? Output,
    Failure? Failure) : HistoryEvent(At);
