using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Base;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Evaluation.Answers;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.Rewards;

namespace ChatLoop.Training.Evaluation;

/// <summary>Tests the run's models, and writes a table of each and one of all side by side.</summary>
internal sealed class EvalStage : IStage
{
    public string Name => "eval";

    public string Description => "Tests the run's models and compares them.";

    public IReadOnlyList<string> Inputs(StageContext context)
    {
        if (!context.Recipe.Has(Name)) return [];
        var (run, options) = (context.Run, context.Options<EvalOptions>(Name));
        var folder = EvalSetting.DataFolder(context, options);
        var sets = folder.Length > 0 && Directory.Exists(folder) ? DataSet.Find(folder).Where(s => s.IsHeldOut || s.Name == OpenQuestions.FairyTales).Select(s => s.Folder) : [];
        var models = EvaluatedModel.All.Select(m => new CheckpointFolder(EvaluatedModel.FolderOf(m, run), keep: 1)).Where(c => c.Steps.Count > 0).Select(c => c.TensorFile(c.Steps[^1]));
        return
        [
            run.Shards, run.TokenizerFile, ConversationSplit.FileOf(run.Data, Split.Val), QuestionSplit.FileOf(context, Split.Val), .. models, RewardReportWriter.FileOf(run.Reward), EvalSetting.JudgeFolder(context, options), run.Moderation, .. sets,
            .. options.Moderation.Length > 0 ? [Path.Combine(options.Moderation, ModelManifest.FileName)] : Array.Empty<string>(),
        ];
    }

    public Task RunAsync(StageContext context, CancellationToken cancellationToken)
    {
        if (!context.Recipe.Has(Name))
        {
            context.Reporter.Line("eval: the recipe has no section 'eval', so nothing is tested.");
            return Task.CompletedTask;
        }

        var options = context.Options<EvalOptions>(Name);
        CpuWork.Use(options.Threads);
        var setting = EvalSetting.Of(context, options);
        var examination = new Examination(setting);
        var models = new List<EvaluatedModel>();
        try
        {
            foreach (var name in Names(context, options)) models.Add(EvaluatedModel.Load(name, context, options.PassOverDamaged));
            EvalFolder.Write(context.Run.Eval, examination.Run(models, cancellationToken));
        }
        finally
        {
            models.ForEach(m => m.Dispose());
        }

        context.Reporter.Line($"Wrote {context.Run.Eval}.");
        return Task.CompletedTask;
    }

    private static string[] Names(StageContext context, EvalOptions options)
    {
        if (options.Models.Except(EvaluatedModel.All).FirstOrDefault() is { } unknown) throw new StageException($"eval.models names '{unknown}': {string.Join(", ", EvaluatedModel.All)} are known.");
        string[] names = [.. EvaluatedModel.All.Where(m => options.Models.Count == 0 ? EvaluatedModel.IsThere(m, context.Run) && !IsCopy(m) : options.Models.Contains(m))];
        // What fine-tuning took over as it is needs no second test.
        bool IsCopy(string name) => name == "sft" && BaseModel.IsUsed(context) && BaseModel.IsTakenOver(context.Run);
        return names.Length > 0 ? names : throw new StageException($"There is no model in {context.Run.Root}: run the stage `pretrain`, or `base`, first.");
    }
}
