using ChatLoop.App.Chat;
using ChatLoop.App.Datasets;
using ChatLoop.App.Improvement.Training;
using ChatLoop.App.Models;
using ChatLoop.Core.ModelFolders;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace ChatLoop.App.Improvement;

/// <summary>The steps of a run that train.</summary>
public sealed class TrainingActivities(ITrainingJob job, TrainerFiles files, ImprovementRuns runs, DatasetStore datasets, ModelCache models, IOptions<ImprovementOptions> options, TimeProvider time)
{
    internal const string Start = "StartTraining";
    internal const string Check = "CheckTraining";
    internal const string Cancel = "CancelTraining";

    /// <summary>Puts data and recipe into the run's folder and sees that it is trained.</summary>
    [Function(Start)]
    public Task<TrainingStatus> StartAsync([ActivityTrigger] string runId, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var run = await runs.ChangeAsync(runId, stored => stored.Begin(RunStage.Training, time.GetUtcNow()), cancellationToken);
        try
        {
            var training = files.Run(runId);
            if (!File.Exists(training.RecipeFile))
                await PrepareAsync(run, training, cancellationToken);
            return await job.StartAsync(training, cancellationToken);
        }
        // What another attempt would not mend.
        catch (Exception e) when (e is TrainingSetupException or ModelFolderException or InvalidDataException)
        {
            return new TrainingStatus(TrainingState.Failed, e.Message);
        }
    });

    [Function(Check)]
    public Task<TrainingStatus> CheckAsync([ActivityTrigger] string runId, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        var status = await job.StatusAsync(files.Run(runId), cancellationToken);
        await runs.ChangeAsync(
            runId,
            run => status.State == TrainingState.Succeeded ? run.Finish(RunStage.Training, time.GetUtcNow(), status.Message) : run.Begin(RunStage.Training, time.GetUtcNow(), status.Message),
            cancellationToken);
        return status;
    });

    [Function(Cancel)]
    public Task<StepOutcome> CancelAsync([ActivityTrigger] string runId, CancellationToken cancellationToken) => ShortFailures.RunAsync(async () =>
    {
        await job.CancelAsync(files.Run(runId), cancellationToken);
        return StepOutcome.Well;
    });

    private async Task PrepareAsync(ImprovementRun run, TrainingRun training, CancellationToken cancellationToken)
    {
        var file = files.Recipe(run.Recipe);
        await datasets.DownloadAsync(run.Dataset!.Id, training.DatasetFolder, cancellationToken);
        var baseModel = await models.FolderAsync(run.BaseVersion!, cancellationToken);
        var recipe = RecipeFile.Of(await File.ReadAllTextAsync(file, cancellationToken), file, training, baseModel, options.Value);
        // The recipe comes last, and whole: where it is, everything is.
        await File.WriteAllTextAsync(training.RecipeFile + ".new", recipe, cancellationToken);
        File.Move(training.RecipeFile + ".new", training.RecipeFile, overwrite: true);
    }
}
