using ChatLoop.Core.Improvement;

namespace ChatLoop.App.Improvement;

/// <summary>A run as the API shows it.</summary>
internal sealed record RunView(
    string RunId,
    RunStatus Status,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string By,
    string? Reason,
    string? Message,
    IReadOnlyList<RunStage> Stages,
    string? BaseVersion,
    string? Dataset,
    ImprovementResult? Report,
    IReadOnlyList<GateResult> Gates,
    Approval? Approval,
    string? ModelVersion)
{
    public static RunView Of(ImprovementRun run) => new(
        run.RunId, run.Status, run.StartedAt, run.EndedAt, run.By, run.Reason, run.Message, run.Stages, run.BaseVersion, run.Dataset?.Id, run.Result, run.Gates, run.Approval, run.ModelVersion);
}
