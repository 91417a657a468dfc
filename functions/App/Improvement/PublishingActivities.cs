using ChatLoop.App.Chat;
using ChatLoop.App.Improvement.Training;
using ChatLoop.App.Models;
using ChatLoop.Core.Improvement;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Inference.Serving;
using Microsoft.Azure.Functions.Worker;

namespace ChatLoop.App.Improvement;

/// <summary>The steps of a run after its approval: publish, make current, see it serve.</summary>
public sealed class PublishingActivities(
    ITrainingJob job, TrainerFiles files, ImprovementRuns runs, ModelStore models, ModelPointer currentModel, ModelSync sync, ServingChatClient client, TimeProvider time)
{
    internal const string Publish = "PublishModel";
    internal const string MakeCurrent = "MakeModelCurrent";
    internal const string Look = "LookWhetherModelServes";
    internal const string TakeBack = "TakeModelBack";

    [Function(Publish)]
    public Task<StepOutcome> PublishAsync([ActivityTrigger] string runId, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var run = await runs.ChangeAsync(runId, stored => stored.Begin(RunStage.Publication, time.GetUtcNow()), cancellationToken);
        try
        {
            var training = files.Run(runId);
            await job.FetchAsync(training, cancellationToken);
            var folder = Path.Combine(training.WorkFolder, ImprovementResult.ModelFolder);
            var published = await models.PublishAsync(folder, new ModelOrigin(runId, run.BaseVersion, run.Dataset?.Id), cancellationToken);
            await runs.ChangeAsync(
                runId, stored => stored.Finish(RunStage.Publication, time.GetUtcNow(), $"Version {published.Version}.") with { ModelVersion = published.Version }, cancellationToken);
            return StepOutcome.Well;
        }
        catch (ModelFolderException e)
        {
            return new StepOutcome(false, e.Message);
        }
    });

    [Function(MakeCurrent)]
    public Task<StepOutcome> MakeCurrentAsync([ActivityTrigger] string runId, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var run = await runs.ChangeAsync(runId, stored => stored.Begin(RunStage.Serving, time.GetUtcNow()), cancellationToken);
        // The run's id is the change's: a second attempt does not undo a roll-back that came in between.
        var current = await currentModel.ChangeAsync(runId, run.ModelVersion!, run.Approval!.By, $"improvement {runId}", cancellationToken);
        var before = current.History.First(change => change.Id == runId).From;
        await runs.ChangeAsync(runId, stored => stored with { VersionBefore = before }, cancellationToken);
        return StepOutcome.Well;
    });

    /// <summary>Passed once this instance serves the version, or once another one was made current; a message where it cannot.</summary>
    [Function(Look)]
    public Task<StepOutcome> LookAsync([ActivityTrigger] string runId, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var run = await runs.ReadAsync(runId, cancellationToken);
        await sync.SyncAsync(cancellationToken);
        var serves = client.Serving.Version == run.ModelVersion || (await currentModel.ReadAsync(cancellationToken)).Version != run.ModelVersion;
        if (!serves)
            return new StepOutcome(false, sync.Failure?.Message);
        await runs.ChangeAsync(runId, stored => stored.Finish(RunStage.Serving, time.GetUtcNow(), $"This instance serves {client.Serving.Version}."), cancellationToken);
        return StepOutcome.Well;
    });

    /// <summary>Makes what was current before current again, unless another version has become so.</summary>
    [Function(TakeBack)]
    public Task<StepOutcome> TakeBackAsync([ActivityTrigger] string runId, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var run = await runs.ReadAsync(runId, cancellationToken);
        if ((await currentModel.ReadAsync(cancellationToken)).Version == run.ModelVersion)
            await currentModel.ChangeAsync($"{runId}-back", run.VersionBefore ?? ServedVersion.Shipped, "the loop", $"improvement {runId} does not serve", cancellationToken);
        await sync.SyncAsync(cancellationToken);
        return StepOutcome.Well;
    });
}
