namespace ChatLoop.App.Improvement.Training;

/// <summary>Where a model is trained. All calls may be repeated, and by another process than the one that made the last.</summary>
public interface ITrainingJob
{
    /// <summary>Says at once what would keep a run from being started.</summary>
    /// <exception cref="TrainingSetupException">It cannot be started as things are set up.</exception>
    void CheckSetup();

    /// <summary>Sees that the run is being trained: one that is under way or has ended well is left alone, one that was interrupted is carried on.</summary>
    /// <param name="run">Its folder holds the recipe and the data.</param>
    /// <exception cref="TrainingSetupException">It cannot be started as things are set up.</exception>
    Task<TrainingStatus> StartAsync(TrainingRun run, CancellationToken cancellationToken);

    Task<TrainingStatus> StatusAsync(TrainingRun run, CancellationToken cancellationToken);

    /// <summary>Stops the training, if it is under way.</summary>
    Task CancelAsync(TrainingRun run, CancellationToken cancellationToken);

    /// <summary>Brings what the trainer made into the run's folder on this machine, if it is not there.</summary>
    Task FetchAsync(TrainingRun run, CancellationToken cancellationToken);
}
