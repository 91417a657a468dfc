using System.Diagnostics;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Evaluation.Answers;
using ChatLoop.Training.Evaluation.Likelihood;
using ChatLoop.Training.Evaluation.WinRates;
using ChatLoop.Training.ReinforcementLearning;

namespace ChatLoop.Training.Evaluation;

/// <summary>Runs the tests that were asked for: those of one model, model by model, then those between models, then what other stages have measured.</summary>
internal sealed class Examination
{
    private const string WinRateTest = "winrate";
    private const string RewardTest = "reward";
    private const string ModerationTest = "moderation";

    private static readonly string[] RewardModels = ["reward", "judge"];

    private readonly EvalSetting _setting;
    private readonly IReadOnlyList<IModelTest> _tests;

    /// <exception cref="StageException">`eval.tests` names a test that there is not.</exception>
    public Examination(EvalSetting setting)
    {
        _setting = setting;
        _tests = [new HeldOutBits(setting), new MinimalPairs(setting), new LastWord(setting), ChoiceSets.ArcEasy(setting), ChoiceSets.CommonsenseQa(setting), new QuestionAnswering(setting)];
        Names = [.. _tests.Select(t => t.Name), WinRateTest, RewardTest, ModerationTest];
        if (setting.Options.Tests.Except(Names).FirstOrDefault() is { } unknown) throw new StageException($"eval.tests names '{unknown}': {string.Join(", ", Names)} are known.");
    }

    /// <summary>Every test that there is.</summary>
    public IReadOnlyList<string> Names { get; }

    private StageContext Context => _setting.Context;

    /// <summary>The reports of the models, in their order, then those of the reward models and the moderation model where the run has them.</summary>
    public IReadOnlyList<ModelReport> Run(IReadOnlyList<EvaluatedModel> models, CancellationToken cancellationToken)
    {
        var records = models.Select(m => new ModelRecord(m)).ToArray();
        foreach (var test in _tests.Where(t => IsWanted(t.Name)))
        {
            if (test.Missing is { } reason) Note(records, $"{test.Name} is skipped: {reason}");
            else
            {
                foreach (var record in records) Take(record, test.Name, () => test.Run(record.Model, cancellationToken));
            }
        }

        if (IsWanted(WinRateTest)) CompareAnswers(records, cancellationToken);
        return [.. records.Select(r => r.Report(Context.Recipe.Name, _setting.Options.Seed)), .. Recorded()];
    }

    private void CompareAnswers(ModelRecord[] records, CancellationToken cancellationToken)
    {
        var (folder, options) = (EvalSetting.JudgeFolder(Context, _setting.Options), _setting.Options);
        if (options.WinRateQuestions == 0) return;
        var isJudged = Directory.Exists(folder);
        if (!isJudged) Note(records, $"{WinRateTest} is skipped: there is no reward model to judge in {folder} (run the stage `judge`, or set eval.judge)");
        if (!isJudged && options.Moderation.Length == 0) return;

        using var judge = isJudged ? RewardModelScorer.Load(folder, SafeTensorsFile.Hash(Context.Run.TokenizerFile), records[0].Model.Model.Device) : null;
        using var moderation = options.Moderation.Length > 0 ? AnswerModeration.Open(options.Moderation) : null;
        var longest = records.Select(r => r.Model.Model.Config.MaxPositions).Append(judge?.Model.Config.MaxPositions ?? int.MaxValue).Min() - options.AnswerLength;
        var questions = WinRateQuestions.Read(_setting, longest);
        if (questions.Items.Count == 0)
        {
            Note(records, $"{WinRateTest} is skipped: no held-out question fits into {longest} tokens (lower eval.answerLength)");
            return;
        }

        if (questions.UsedToChoose > 0) Note(records, $"{WinRateTest}: {questions.UsedToChoose} of {questions.Items.Count} questions also helped the judge to choose the best checkpoint of PPO or DPO, and flatter it");
        var clock = Stopwatch.StartNew();
        var figures = new Tournament(_setting, judge, moderation).Run([.. records.Select(r => r.Model)], questions.Items, cancellationToken);
        foreach (var record in records) Add(record, WinRateTest, figures[record.Model.Name], clock.Elapsed / records.Length);
    }

    private IEnumerable<ModelReport> Recorded()
    {
        foreach (var name in RewardModels.Where(_ => IsWanted(RewardTest)))
        {
            if (RecordedReports.OfReward(name, Context) is { } report) yield return report;
            else Context.Reporter.Line($"  {name}: no report.json in {Path.Combine(Context.Run.Root, name)}, so its accuracy is left out");
        }

        if (!IsWanted(ModerationTest)) yield break;
        if (RecordedReports.OfModeration(Context) is { } moderation) yield return moderation;
        else Context.Reporter.Line($"  moderation: no results.json in {Context.Run.Moderation}, so its categories are left out");
    }

    private void Take(ModelRecord record, string test, Func<IReadOnlyList<Figure>> run)
    {
        var clock = Stopwatch.StartNew();
        var figures = run();
        Add(record, test, figures, clock.Elapsed);
    }

    private void Add(ModelRecord record, string test, IReadOnlyList<Figure> figures, TimeSpan time)
    {
        record.Figures.AddRange(figures);
        record.Seconds[test] = Math.Round(time.TotalSeconds, 1);
        foreach (var f in figures.Take(3)) Context.Reporter.Line($"  {record.Model.Name}: {f.Test}, {f.Part}, {f.Metric} {FigureText.WithInterval(f)}, n {f.Count:N0}");
    }

    private void Note(ModelRecord[] records, string note)
    {
        Context.Reporter.Line("  " + note);
        foreach (var record in records) record.Notes.Add(note);
    }

    private bool IsWanted(string test) => _setting.Options.Tests.Count == 0 || _setting.Options.Tests.Contains(test);

    /// <summary>A report in the making.</summary>
    private sealed class ModelRecord(EvaluatedModel model)
    {
        public EvaluatedModel Model => model;

        public List<Figure> Figures { get; } = [];

        public List<string> Notes { get; } = [];

        public SortedDictionary<string, double> Seconds { get; } = [];

        public ModelReport Report(string run, int seed) => new(run, model.Name, model.Sha256, model.Step, seed, TimeProvider.System.GetUtcNow(), Seconds, Notes, Figures);
    }
}
