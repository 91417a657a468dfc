using Microsoft.DurableTask.History;

namespace Microsoft.DurableTask.Orchestrations;

/// <summary>How an orchestrator ended.</summary>
internal abstract record Outcome
{
    public sealed record Completed(string? Output) : Outcome;

    public sealed record Failed(Failure Failure) : Outcome;

    /// <summary>Starts over.</summary>
    /// <param name="Version">Null for the same as before.</param>
    /// <param name="Carried">Events that nobody waited for.</param>
    public sealed record StartOver(string? Input, string? Version, IReadOnlyList<EventRaised> Carried) : Outcome;
}
