using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Export;
using ChatLoop.Training.Moderation;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.SupervisedFineTuning;
using ChatLoop.Training.Tokenization;

// Every stage, in the order in which `train` runs them: a new stage is one line here.
IStage[] stages =
[
    new DataStage(),
    new TokenizerStage(),
    new ShardsStage(),
    new PretrainStage(),
    new SftStage(),
    new ExportStage(),
    new ModerationStage(),
];

return await CommandTree.RunAsync(args, stages);
