namespace ChatLoop.Training.Cli;

/// <summary>One step from raw text to a model: a command of its own, and one entry of `train`.</summary>
internal interface IStage
{
    /// <summary>The command's name and the recipe's section, in lower case.</summary>
    string Name { get; }

    /// <summary>One sentence for `--help`.</summary>
    string Description { get; }

    /// <summary>
    /// Files and folders whose contents decide, with the stage's section, seed and device, what it makes: `train` runs it
    /// again when they change. Null, as long as a stage does not say: all that the stages before it were told and made.
    /// </summary>
    IReadOnlyList<string>? Inputs(StageContext context) => null;

    /// <summary>Files and folders that it writes: `train` runs it again when they are damaged or gone. A folder of its own name unless it says otherwise.</summary>
    IReadOnlyList<string> Outputs(RunFolder run) => [Path.Combine(run.Root, Name)];

    /// <summary>
    /// Runs the stage whole. On cancellation it finishes the step in flight, saves what it needs to go on, and throws
    /// <see cref="OperationCanceledException"/>. What the user can mend is thrown as <see cref="StageException"/>.
    /// </summary>
    Task RunAsync(StageContext context, CancellationToken cancellationToken);
}
