using ChatLoop.App.Datasets;
using ChatLoop.Core.Improvement;

namespace ChatLoop.App.Improvement;

/// <summary>An improvement as stored: what has happened so far. <see cref="RunEdits"/> says how it changes.</summary>
public sealed record ImprovementRun
{
    public required string RunId { get; init; }

    public required RunStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who asked for it: a user, the queue or the timer.</summary>
    public required string By { get; init; }

    public string? Reason { get; init; }

    /// <summary>A recipe beside the one of the settings, by its name; null for that one.</summary>
    public string? Recipe { get; init; }

    /// <summary>The version that served at the start, which is improved.</summary>
    public string? BaseVersion { get; init; }

    public DatasetSummary? Dataset { get; init; }

    public required IReadOnlyList<RunStage> Stages { get; init; }

    public ImprovementResult? Result { get; init; }

    // Here, ?? because a source-generated reader sets what the JSON leaves out to null.
    public IReadOnlyList<GateResult> Gates { get; init => field = value ?? []; } = [];

    public Approval? Approval { get; init; }

    public string? ModelVersion { get; init; }

    /// <summary>What was current before the new model was.</summary>
    public string? VersionBefore { get; init; }

    /// <summary>How it ended, in a sentence.</summary>
    public string? Message { get; init; }

    internal bool IsEnded => Status is not (RunStatus.Running or RunStatus.AwaitingApproval);
}
