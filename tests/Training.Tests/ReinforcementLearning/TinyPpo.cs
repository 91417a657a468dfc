using ChatLoop.Training.Cli;
using ChatLoop.Training.Metrics;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using ChatLoop.Training.Recipes;
using ChatLoop.Training.ReinforcementLearning;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.ReinforcementLearning;

/// <summary>PPO on the tiny policy, with a rule for a reward model, in a folder of its own.</summary>
internal sealed class TinyPpo : IDisposable
{
    public static readonly PpoOptions Options = new()
    {
        TotalSteps = 20, BatchRows = 32, Minibatches = 2, MicroRows = 16, Epochs = 2, AnswerLength = 6, KlCoefficient = 0.1, Threads = 1, StopAtKl = 0.2, MissingEosScore = -3,
        Schedule = new Schedule { Peak = 5e-3, WarmupSteps = 3, DecayShare = 0.5 }, EvaluateEvery = 100, EvaluationPrompts = 10, CheckpointEvery = 10, Samples = 2,
    };

    private readonly string _root = Directory.CreateTempSubdirectory("chatloop-").FullName;

    public TinyPpo(PpoOptions? options = null, IScorer? scorer = null, IScorer? judge = null, int seed = 3)
    {
        (Settings, Scorer, Judge, Seed) = (options ?? Options, scorer ?? RuleScorer.Likes(TinyPolicy.Liked), judge, seed);
        Reference = TinyPolicy.Create(deviation: 0.15);
        Policy = new Llama(TinyPolicy.Config, seed: 0);
        using (no_grad())
        {
            foreach (var (its, mine) in Policy.parameters().Zip(Reference.parameters())) its.copy_(mine);
        }

        Value = new ValueNetwork(TinyPolicy.Config, seed: 1, CPU);
        Learner = new PpoLearner(Policy, Reference, Value, Scorer, new QuestionSource(TinyPolicy.Questions, seed), pretraining: null, Settings, seed);
    }

    public PpoOptions Settings { get; }

    public IScorer Scorer { get; }

    public IScorer? Judge { get; }

    public int Seed { get; }

    public Llama Reference { get; }

    public Llama Policy { get; }

    public ValueNetwork Value { get; }

    public PpoLearner Learner { get; }

    public string Folder => Path.Combine(_root, "ppo");

    public MetricLine[] Metrics => [.. new MetricsFile(Path.Combine(Folder, "metrics.jsonl")).Read()];

    public PolicyEvaluation Evaluation() => new(Reference, Scorer, Judge, [.. TinyPolicy.Questions.Take(Settings.EvaluationPrompts)], ids => string.Join(' ', ids), Settings, Settings.Temperature, Seed);

    public void Train(SilentReporter? reporter = null, CancellationToken cancellationToken = default)
    {
        var file = Path.Combine(_root, "recipe.json");
        File.WriteAllText(file, """{ "name": "tiny" }""");
        var context = new StageContext(Recipe.Load(file, ["ppo"]), new RunFolder(_root), reporter ?? new SilentReporter(), Seed, "cpu");
        new PreferenceLoop("ppo", Learner, Evaluation(), Settings, Settings.TotalSteps, Folder, "tokenizer", context).Run(cancellationToken);
    }

    /// <summary>The same folder seen by a fresh process: models as before training.</summary>
    public TinyPpo Again()
    {
        var again = new TinyPpo(Settings, Scorer, Judge, Seed);
        Directory.Delete(again._root, recursive: true);
        foreach (var file in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(again._root, Path.GetRelativePath(_root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return again;
    }

    public void Dispose()
    {
        Learner.Dispose();
        Policy.Dispose();
        Reference.Dispose();
        Value.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
