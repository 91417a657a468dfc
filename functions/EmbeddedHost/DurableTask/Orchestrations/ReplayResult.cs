using Microsoft.DurableTask.History;

namespace Microsoft.DurableTask.Orchestrations;

/// <summary>What a turn of the orchestrator led to.</summary>
/// <param name="Decisions">Those that the history did not hold.</param>
/// <param name="Outcome">Null while it waits.</param>
internal sealed record ReplayResult(IReadOnlyList<DecisionEvent> Decisions, string? CustomStatus, Outcome? Outcome);
