using ChatLoop.Core.Improvement;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Base;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Evaluation;
using ChatLoop.Training.Evaluation.WinRates;
using ChatLoop.Training.Export;
using ChatLoop.Training.Rewards;

namespace ChatLoop.Training.Improvement;

/// <summary>Writes `improvement.json`: what this run made of its base model, in figures that gates can read.</summary>
internal sealed class ImprovementStage : IStage
{
    private const string Base = "base";

    public string Name => "improvement";

    public string Description => "Writes what the run made of its base model (improvement.json).";

    public IReadOnlyList<string> Inputs(StageContext context) => !BaseModel.IsUsed(context) ? [] :
    [
        Manifest(context.Run), context.Run.Eval, RewardReportWriter.FileOf(context.Run.Reward), RewardReportWriter.FileOf(JudgeFolder(context)),
        .. CheckpointFolder.NewestFiles(context.Run.Base) is var (state, _) ? new[] { state } : [],
    ];

    public IReadOnlyList<string> Outputs(RunFolder run) => [Path.Combine(run.Root, ImprovementResult.FileName)];

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        if (!BaseModel.IsUsed(context))
        {
            context.Reporter.Line("improvement: the recipe has no section 'base', so there is no model to compare with.");
            return Task.CompletedTask;
        }

        var (run, notes) = (context.Run, new StageNotes(context.Run));
        var (baseModel, manifest) = (BaseModel.Read(run), ModelManifest.Verify(run.Chat, ModelManifest.ChatKind));
        var (before, after) = Reports(context);
        new ImprovementResult(
            ImprovementResult.CurrentFormat,
            context.Recipe.Name,
            new ImprovedModel(baseModel.Name, baseModel.ManifestSha256),
            new ImprovedModel(manifest.Name, SafeTensorsFile.Hash(Manifest(run))),
            Accuracy(run.Reward),
            Accuracy(JudgeFolder(context)),
            Find(after, WinRateFigures.Against(Base), WinRateFigures.Wins) is { } wins
                ? new WinRate(wins.Value, wins.Low!.Value, wins.High!.Value, wins.Count, RewardFile.Read(JudgeFolder(context)).TensorsSha256)
                : null,
            Find(after, WinRateFigures.Answers, WinRateFigures.Kl(Base))?.Value,
            Find(before, WinRateFigures.Answers, WinRateFigures.Flagged) is { } flagged && Find(after, WinRateFigures.Answers, WinRateFigures.Flagged) is { } now
                ? new FlaggedShares(flagged.Value, now.Value, now.Count)
                : null,
            Math.Round(Stages.All.Sum(stage => notes[stage.Name]?.Seconds ?? 0), 1)).Save(run.Root);
        context.Reporter.Line($"Wrote {Path.Combine(run.Root, ImprovementResult.FileName)}.");
        return Task.CompletedTask;
    }

    private static string Manifest(RunFolder run) => Path.Combine(run.Chat, ModelManifest.FileName);

    private static string JudgeFolder(StageContext context) => EvalSetting.JudgeFolder(context, context.Options<EvalOptions>("eval"));

    // What `eval` measured of the base model and of the exported one; null where the recipe leaves `eval` out.
    private static (ModelReport? Before, ModelReport? After) Reports(StageContext context)
    {
        if (!context.Recipe.Has("eval")) return default;
        var reports = EvalFolder.Read(context.Run.Eval);
        var name = ExportStage.ModelOf(context);
        var after = reports.FirstOrDefault(r => r.Model == name);
        var weights = CheckpointFolder.NewestFiles(EvaluatedModel.FolderOf(name, context.Run)) is var (_, tensors) ? SafeTensorsFile.Hash(tensors) : null;
        return after?.Sha256 == weights ? (reports.FirstOrDefault(r => r.Model == Base), after)
            : throw new StageException($"The tables in {context.Run.Eval} are not of the exported weights ({name}): put it into eval.models, and run `eval` again.");
    }

    private static Figure? Find(ModelReport? report, string part, string metric) =>
        report?.Figures.FirstOrDefault(f => f.Test == WinRateFigures.Test && f.Part == part && f.Metric == metric);

    private static RankingAccuracy? Accuracy(string folder)
    {
        RewardRow[] held = [.. (RewardReportWriter.Read(folder)?.Rows ?? []).Where(row => row.Labeler == "all" && row.Split == RewardSplit.HeldOutQuestion)];
        var pairs = held.Sum(row => row.Pairs);
        return pairs == 0 ? null : new RankingAccuracy(held.Sum(row => row.Accuracy * row.Pairs) / pairs, pairs, held.Sum(row => row.LongerWins * row.Pairs) / pairs);
    }
}
