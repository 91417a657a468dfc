using System.Text.Json.Nodes;
using ChatLoop.Core.Chat;
using ChatLoop.Core.Datasets;
using ChatLoop.Core.Labeling;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Recipes;
using ChatLoop.Training.Tokenization;

namespace ChatLoop.Training.Tests.Improvement;

/// <summary>An exported model of bytes, a data-set version of what three labelers judged, and a recipe made of `improve-smoke.json`, as the app makes one.</summary>
internal sealed class TinyImprovement : IDisposable
{
    public static readonly LlamaConfig Shape = new() { VocabularySize = 262, HiddenSize = 32, IntermediateSize = 48, Layers = 2, Heads = 4, KeyValueHeads = 2, HeadSize = 8, MaxPositions = 128 };

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _root = Directory.CreateTempSubdirectory("chatloop-").FullName;

    public TinyImprovement()
    {
        Directory.CreateDirectory(Run.Root);
        Export(seed: 1);
    }

    public string BaseFolder => Path.Combine(_root, "model");

    public string DataFolder => Path.Combine(_root, "version", DatasetVersion.DataFolder);

    public string RecipeFile => Path.Combine(_root, "improve.json");

    public RunFolder Run => new(Path.Combine(_root, "run"));

    public SilentReporter Reporter { get; } = new();

    public string NewRun() => Path.Combine(_root, Guid.NewGuid().ToString("N"));

    /// <summary>Writes the base model anew.</summary>
    public void Export(int seed, WeightFormat format = WeightFormat.Float16)
    {
        var tokenizer = Path.Combine(_root, "tokenizer.json");
        TokenizerFile.Write(tokenizer, []);
        using var model = new Llama(Shape, seed);
        ChatModelWriter.Write(BaseFolder, new ChatModel { Name = "served", Config = Shape, Weights = LlamaWeights.Of(model), TokenizerFile = tokenizer, Created = Start, Format = format });
    }

    /// <summary>Comparisons of questions 0 … n − 1, question i of user i mod 4: three labelers rank three answers; the third is wrong in every fourth.</summary>
    public static IEnumerable<ComparisonJudgement> Comparisons(int count) =>
        from i in Enumerable.Range(0, count)
        from labeler in Enumerable.Range(0, 3)
        let ranks = labeler == 2 && i % 4 == 0 ? new[] { 3, 2, 1 } : [1, 2, 3]
        select new ComparisonJudgement($"task-{i}", $"user-{i % 4}", $"labeler-{labeler}", Ask(i), [$"It is {i}.", $"{i}", "No."], Ranking.Of(ranks), Start.AddMinutes(i));

    public static IEnumerable<DemonstrationJudgement> Demonstrations(int count) =>
        from i in Enumerable.Range(0, count)
        select new DemonstrationJudgement($"demonstration-{i}", $"user-{i % 4}", "labeler-0", [new PromptMessage(ChatRole.User, $"How do you do, {i}?")], $"Well, {i}.", Start.AddMinutes(i));

    /// <summary>Writes a version; users fall on the side of the held-out ones by the share.</summary>
    public TinyImprovement With(IEnumerable<ComparisonJudgement> comparisons, IEnumerable<DemonstrationJudgement>? demonstrations = null, double heldOutShare = 0.25)
    {
        var users = Enumerable.Range(0, 4).Select(i => $"user-{i}").ToHashSet();
        var version = DatasetAssembly.Assemble(new Judgements([.. comparisons], [.. demonstrations ?? []], [], users), new DatasetOptions { Name = "loop", Licence = "CC0-1.0", Created = Start, Salt = "salt", HeldOutShare = heldOutShare });
        Directory.CreateDirectory(DataFolder);
        foreach (var (path, bytes) in version.Files)
        {
            var file = Path.Combine(_root, "version", path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }

        return this;
    }

    /// <summary>Writes the recipe.</summary>
    public StageContext Context(Action<JsonObject>? change = null)
    {
        var shipped = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Recipes", "improve-smoke.json"));
        var recipe = JsonNode.Parse(shipped, documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!.AsObject();
        recipe["data"]!["folder"] = DataFolder;
        recipe["base"]!["model"] = BaseFolder;
        change?.Invoke(recipe);
        File.WriteAllText(RecipeFile, recipe.ToJsonString());
        return new StageContext(Recipe.Load(RecipeFile, Stages.All.Select(s => s.Name)), Run, Reporter, 1, "cpu");
    }

    public Task TrainAsync(Action<JsonObject>? change = null) => new StageSequence(Stages.All).RunAsync(Context(change), again: false, CancellationToken.None);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static PromptMessage[] Ask(int i) => [new(ChatRole.User, $"Question {i * i}: what is {i}?")];
}
