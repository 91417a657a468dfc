namespace ChatLoop.Training.Cli;

/// <summary>One step from raw text to a model: a command of its own, and one entry of `train`.</summary>
internal interface IStage
{
    /// <summary>The command's name and the recipe's section, in lower case.</summary>
    string Name { get; }

    /// <summary>One sentence for `--help`.</summary>
    string Description { get; }

    /// <summary>
    /// Runs the stage whole. On cancellation it finishes the step in flight, saves what it needs to go on, and throws
    /// <see cref="OperationCanceledException"/>. What the user can mend is thrown as <see cref="StageException"/>.
    /// </summary>
    Task RunAsync(StageContext context, CancellationToken cancellationToken);
}
