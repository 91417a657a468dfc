using ChatLoop.Training.Cli;

// Every stage, in the order in which `train` runs them: a new stage is one line here.
IStage[] stages =
[
];

return await CommandTree.RunAsync(args, stages);
