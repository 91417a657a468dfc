using ChatLoop.Training.Cli;
using ChatLoop.Training.Pretraining;

// Every stage, in the order in which `train` runs them: a new stage is one line here.
IStage[] stages =
[
    new PretrainStage(),
];

return await CommandTree.RunAsync(args, stages);
