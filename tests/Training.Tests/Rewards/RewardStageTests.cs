using System.Text.Json.Nodes;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Recipes;
using ChatLoop.Training.Rewards;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Rewards;

/// <summary>The stage from a fine-tuned model of thirty thousand parameters to its report.</summary>
public sealed class RewardStageTests
{
    private const string Section =
        """
        { "syntheticQuestions": 200, "epochs": 4, "valShare": 0.25, "batchRows": 4, "sequenceLength": 128, "validateEvery": 0, "checkpointEvery": 10, "heldOutLabelers": 0.3,
          "schedule": { "shape": "cosine", "peak": 0.01, "warmupSteps": 3 } }
        """;

    [Fact]
    public async Task It_learns_to_rank_better_than_length_and_writes_a_normalised_model_with_its_report()
    {
        using var run = new TinyRun();
        WriteSft(run);
        await Stage().RunAsync(Context(run, Section), CancellationToken.None);

        var report = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder(run), "report.json")))!;
        var held = report["rows"]!.AsArray().Single(r => (string)r!["split"]! == "heldOutQuestion" && (string)r["labeler"]! == "all")!;
        Assert.InRange((double)held["accuracy"]!, 0.65, 1);
        Assert.True((double)held["accuracy"]! > (double)held["longerWins"]!);
        Assert.InRange((double)held["firstWins"]!, 0.3, 0.7); // answers are shuffled
        Assert.Contains(report["rows"]!.AsArray(), r => ((string)r!["labeler"]!).StartsWith("labeler-", StringComparison.Ordinal));
        Assert.Equal([0x89, 0x50], File.ReadAllBytes(Path.Combine(Folder(run), "calibration.png"))[..2]);
        Assert.Contains("longer wins", await File.ReadAllTextAsync(Path.Combine(Folder(run), "report.md")), StringComparison.Ordinal);
        using var model = RewardModel.Load(Folder(run), CPU);
        Assert.NotEqual(1, model.Gain);
    }

    [Fact]
    public async Task A_run_that_stops_and_resumes_is_bit_for_bit_the_run_that_does_not()
    {
        using var whole = new TinyRun();
        using var halved = new TinyRun();
        WriteSft(whole);
        WriteSft(halved);
        await Stage().RunAsync(Context(whole, Section), CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var reporter = new SilentReporter(done =>
        {
            if (done >= 20) stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Stage().RunAsync(Context(halved, Section, reporter), stop.Token));
        await Stage().RunAsync(Context(halved, Section), CancellationToken.None);
        Assert.Equal(Hash(whole), Hash(halved));
    }

    [Fact]
    public async Task Without_its_section_it_leaves_the_run_as_it_is()
    {
        using var run = new TinyRun();
        await Stage().RunAsync(run.Context(TinyRun.Pretrain()), CancellationToken.None);
        Assert.False(Directory.Exists(Folder(run)));
    }

    [Fact]
    public async Task Without_a_fine_tuned_model_it_says_which_stage_to_run()
    {
        using var run = new TinyRun();
        var error = await Assert.ThrowsAsync<StageException>(() => Stage().RunAsync(Context(run, Section), CancellationToken.None));
        Assert.Contains("run the stage `sft` first", error.Message, StringComparison.Ordinal);
    }

    private static RewardStage Stage() => new("reward", "");

    private static string Folder(TinyRun run) => Path.Combine(run.Folder.Root, "reward");

    private static string Hash(TinyRun run) => SafeTensorsFile.Hash(Path.Combine(Folder(run), "reward.safetensors"));

    private static StageContext Context(TinyRun run, string section, IReporter? reporter = null)
    {
        var file = Path.Combine(run.Folder.Root, "recipe.json");
        File.WriteAllText(file, $$"""{ "name": "tiny", "data": { "folder": "" }, "reward": {{section}} }""");
        return new StageContext(Recipe.Load(file, ["data", "reward"]), run.Folder, reporter ?? new SilentReporter(), Seed: 3, "cpu");
    }

    private static void WriteSft(TinyRun run)
    {
        using var model = new Llama(RewardModelTests.Shape with { VocabularySize = 262, MaxPositions = 128 }, seed: 3);
        var parameters = model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).ToList();
        new CheckpointFolder(run.Folder.Sft, 1).Write(
            new Checkpoint { Step = 1, Tokens = 1, TotalSteps = 1, Seed = 3, Model = model.Config, TokenizerSha256 = SafeTensorsFile.Hash(run.Folder.TokenizerFile), TensorsSha256 = "", Cursor = new JsonObject() }, parameters);
    }
}
