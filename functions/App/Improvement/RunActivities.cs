using ChatLoop.App.Chat;
using ChatLoop.App.Datasets;
using ChatLoop.App.Improvement.Training;
using ChatLoop.App.Models;
using ChatLoop.Core.Improvement;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Improvement;

/// <summary>The steps of a run around its training: data, gates, approval, end.</summary>
public sealed class RunActivities(
    ITrainingJob job,
    TrainerFiles files,
    ImprovementRuns runs,
    DatasetBuilder datasets,
    ModelPointer currentModel,
    ImprovementReports reports,
    IOptions<GateOptions> gates,
    TimeProvider time,
    ILogger<RunActivities> logger)
{
    internal const string BuildData = "BuildRunDataset";
    internal const string Judge = "JudgeRun";
    internal const string Decide = "DecideRun";
    internal const string End = "EndRun";

    /// <summary>Makes the version of the data set that the run trains on, and notes which model it starts from.</summary>
    [Function(BuildData)]
    public Task<StepOutcome> BuildDataAsync([ActivityTrigger] string runId, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var run = await runs.ChangeAsync(runId, stored => stored.Begin(RunStage.Dataset, time.GetUtcNow()), cancellationToken);
        // Once built, it stays what it is, whatever people say while this is tried again.
        var dataset = run.Dataset ?? await datasets.BuildAsync(cancellationToken);
        var baseVersion = run.BaseVersion ?? (await currentModel.ReadAsync(cancellationToken)).Version;
        var counts = $"{dataset.Comparisons} comparisons, {dataset.Demonstrations} demonstrations, {dataset.Ratings} ratings of {dataset.Users} users.";
        // With nothing in it the stage stays open, and fails with the run.
        var isEmpty = dataset.Comparisons + dataset.Demonstrations + dataset.Ratings == 0;
        await runs.ChangeAsync(
            runId,
            stored => (isEmpty ? stored : stored.Finish(RunStage.Dataset, time.GetUtcNow(), counts)) with { Dataset = dataset, BaseVersion = baseVersion },
            cancellationToken);
        return isEmpty
            ? new StepOutcome(false, "There is nothing to learn from: nobody who consents has compared, corrected or rated an answer.")
            : StepOutcome.Well;
    });

    /// <summary>Reads what the trainer measured, keeps its report, and holds the figures against the gates.</summary>
    [Function(Judge)]
    public Task<StepOutcome> JudgeAsync([ActivityTrigger] string runId, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        await runs.ChangeAsync(runId, run => run.Begin(RunStage.Gates, time.GetUtcNow()), cancellationToken);
        try
        {
            var training = files.Run(runId);
            await job.FetchAsync(training, cancellationToken);
            var result = ImprovementResult.Load(training.WorkFolder);
            await reports.KeepAsync(runId, Path.Combine(training.WorkFolder, ImprovementResult.ReportFile), cancellationToken);
            var judged = Gates.Of(result, gates.Value);
            string[] missed = [.. judged.Where(gate => !gate.Passed).Select(gate => gate.Message)];
            logger.RunJudged(runId, judged.Count - missed.Length, judged.Count);
            await runs.ChangeAsync(runId, run => Judged(run with { Result = result, Gates = judged }, missed), cancellationToken);
            return missed.Length == 0 ? StepOutcome.Well : new StepOutcome(false, string.Join(' ', missed));
        }
        catch (InvalidDataException e)
        {
            return new StepOutcome(false, e.Message);
        }
    });

    /// <summary>Writes down what a person decided, or that nobody did.</summary>
    [Function(Decide)]
    public Task<StepOutcome> DecideAsync([ActivityTrigger] ApprovalStep step, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(step);
        var approved = step.Approval?.Decision == Approval.Approve;
        await runs.ChangeAsync(
            step.RunId,
            run => (approved ? run.Finish(RunStage.Approval, time.GetUtcNow(), step.Approval!.Comment) with { Status = RunStatus.Running } : run) with { Approval = step.Approval },
            cancellationToken);
        return new StepOutcome(approved, step.Approval?.Comment);
    });

    [Function(End)]
    public Task<StepOutcome> EndAsync([ActivityTrigger] RunEnd end, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(end);
        await runs.ChangeAsync(end.RunId, run => run.End(end.Status, time.GetUtcNow(), end.Message), cancellationToken);
        logger.RunEnded(end.RunId, end.Status);
        return StepOutcome.Well;
    });

    private ImprovementRun Judged(ImprovementRun run, string[] missed)
    {
        var now = time.GetUtcNow();
        var message = $"{run.Gates.Count - missed.Length} of {run.Gates.Count} passed.";
        return missed.Length > 0
            ? run.Begin(RunStage.Gates, now, message)
            : run.Finish(RunStage.Gates, now, message).Begin(RunStage.Approval, now) with { Status = RunStatus.AwaitingApproval };
    }
}
