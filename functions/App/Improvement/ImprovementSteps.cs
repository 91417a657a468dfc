using ChatLoop.App.Improvement.Training;
using Microsoft.DurableTask;

namespace ChatLoop.App.Improvement;

/// <summary>The steps of <see cref="ImproveModel"/>: each gives null to go on, or how the run ends.</summary>
internal sealed class ImprovementSteps(TaskOrchestrationContext context, ImprovementInput run)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    public async Task<RunEnd?> BuildDatasetAsync() => await CallAsync(RunActivities.BuildData) is { Passed: false } outcome ? End(RunStatus.Failed, outcome.Message) : null;

    public async Task<RunEnd?> TrainAsync()
    {
        var began = context.CurrentUtcDateTime;
        for (var starts = 1; ; starts++)
        {
            var status = await CallAsync<TrainingStatus>(TrainingActivities.Start);
            while (status.State == TrainingState.Running)
            {
                var elapsed = context.CurrentUtcDateTime - began;
                if (elapsed > run.TrainingTimeout)
                {
                    await CallAsync(TrainingActivities.Cancel);
                    return End(RunStatus.Failed, $"The training took longer than {run.TrainingTimeout} and was stopped.");
                }

                await context.CreateTimer(Pause(elapsed), CancellationToken.None);
                status = await CallAsync<TrainingStatus>(TrainingActivities.Check);
            }

            if (status.State == TrainingState.Succeeded)
                return null;
            if (status.State == TrainingState.Failed || starts == run.MostStarts)
                return End(RunStatus.Failed, status.Message);
        }
    }

    public async Task<RunEnd?> JudgeAsync() => await CallAsync(RunActivities.Judge) is { Passed: false } outcome ? End(RunStatus.Held, outcome.Message) : null;

    public async Task<RunEnd?> AskAsync()
    {
        Approval? approval = null;
        try
        {
            approval = await context.WaitForExternalEvent<Approval>(nameof(Approval), run.ApprovalTimeout);
        }
        catch (OperationCanceledException)
        {
            // Nobody decided in time; the step below writes that down.
        }

        var decided = await context.CallActivityAsync<StepOutcome>(RunActivities.Decide, new ApprovalStep(run.RunId, approval), ImprovementRetries.Step);
        return decided.Passed ? null
            : approval is null ? End(RunStatus.TimedOut, $"Nobody approved within {run.ApprovalTimeout}.")
            : End(RunStatus.Rejected, $"{approval.By} rejected it. {approval.Comment}".TrimEnd());
    }

    public async Task<RunEnd?> PublishAsync() => await CallAsync(PublishingActivities.Publish) is { Passed: false } outcome ? End(RunStatus.Failed, outcome.Message) : null;

    public async Task<RunEnd?> ServeAsync()
    {
        await CallAsync(PublishingActivities.MakeCurrent);
        var began = context.CurrentUtcDateTime;
        while (await CallAsync(PublishingActivities.Look) is { Passed: false } outcome)
        {
            var elapsed = context.CurrentUtcDateTime - began;
            if (outcome.Message is not null || elapsed > run.ServeTimeout)
            {
                await CallAsync(PublishingActivities.TakeBack);
                return End(RunStatus.Failed, $"The new model does not serve, and the one before is current again. {outcome.Message}".TrimEnd());
            }

            await context.CreateTimer(Pause(elapsed), CancellationToken.None);
        }

        return null;
    }

    public RunEnd Completed() => End(RunStatus.Completed, "The new model serves.");

    public RunEnd Failed(TaskFailedException failure) => End(RunStatus.Failed, $"{failure.TaskName} failed after all attempts: {failure.FailureDetails?.ErrorMessage ?? failure.Message}");

    // A tenth of the time that it has taken so far: a run of days leaves a history of hundreds of events, not of ten thousands.
    private TimeSpan Pause(TimeSpan elapsed)
    {
        var pause = elapsed / 10;
        return pause < run.PollInterval ? run.PollInterval : pause > LongestPause ? LongestPause : pause;
    }

    private Task<StepOutcome> CallAsync(string activity) => CallAsync<StepOutcome>(activity);

    private Task<T> CallAsync<T>(string activity) => context.CallActivityAsync<T>(activity, run.RunId, ImprovementRetries.Step);

    private RunEnd End(RunStatus status, string? message) => new(run.RunId, status, message ?? "No reason was given.");
}
