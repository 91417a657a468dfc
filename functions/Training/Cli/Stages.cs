using ChatLoop.Training.Base;
using ChatLoop.Training.Data;
using ChatLoop.Training.Drafts;
using ChatLoop.Training.Evaluation;
using ChatLoop.Training.Export;
using ChatLoop.Training.Improvement;
using ChatLoop.Training.Moderation;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.Reporting;
using ChatLoop.Training.Rewards;
using ChatLoop.Training.SupervisedFineTuning;
using ChatLoop.Training.Tokenization;

namespace ChatLoop.Training.Cli;

/// <summary>Every stage, in the order in which `train` runs them: a new stage is one line here.</summary>
internal static class Stages
{
    public static IReadOnlyList<IStage> All { get; } =
    [
        new DataStage(),
        new BaseStage(),
        new TokenizerStage(),
        new ShardsStage(),
        new PretrainStage(),
        new SftStage(),
        new DraftsStage(),
        new RewardStage("reward", "Trains the reward model from ranked answers."),
        new RewardStage("judge", "Trains a second reward model, which PPO never sees."),
        new PpoStage(),
        new DpoStage(),
        new ModerationStage(),
        new EvalStage(),
        new ExportStage(), // after eval: the folder holds the tables
        new ImprovementStage(),
        new ReportStage(() => All!), // the last: it tells of all the others
    ];
}
