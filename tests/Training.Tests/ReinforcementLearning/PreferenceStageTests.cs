using System.Text.Json;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Export;
using ChatLoop.Training.Metrics;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.ReinforcementLearning;
using ChatLoop.Training.Rewards;
using ChatLoop.Training.SupervisedFineTuning;
using TorchSharp;

namespace ChatLoop.Training.Tests.ReinforcementLearning;

/// <summary>The stages from a fine-tuned model and reward models on disk.</summary>
[Collection(TrainingCollection.Name)]
public sealed class PreferenceStageTests
{
    private const string Common = "\"evaluationPrompts\": 4, \"threads\": 1";

    private const string Sft = """ , "sft": { "totalTokens": 1280, "batchRows": 2, "sequenceLength": 64, "validateEvery": 0, "schedule": { "peak": 0.02, "warmupSteps": 3 } } """;

    private static readonly string Ppo = $$"""{{Sft}}, "ppo": { "totalSteps": 2, "batchRows": 8, "promptLength": 20, "answerLength": 16, {{Common}} }""";

    private static readonly string Dpo = $$"""{{Sft}}, "reward": { "syntheticQuestions": 40 }, "dpo": { "batchRows": 8, "promptLength": 24, "answerLength": 40, {{Common}} }""";

    [Fact]
    public async Task Ppo_runs_from_the_fine_tuned_model_and_is_judged_by_the_second_reward_model()
    {
        using var run = await FineTunedAsync();
        var reporter = new SilentReporter();
        await new PpoStage().RunAsync(run.Context(TinyRun.Pretrain() + Ppo, reporter), CancellationToken.None);
        Assert.Equal(2, new CheckpointFolder(run.Folder.Ppo, 2).Newest(passOverDamaged: false)!.Step);
        var last = new MetricsFile(Path.Combine(run.Folder.Ppo, "metrics.jsonl")).Read().Last(l => l.Kind == "validation").Values!;
        Assert.Contains("eval/judge", last.Keys);
        Assert.InRange(last["eval/win_rate"], 0, 1);
        Assert.Contains(reporter.Lines, l => l.Contains("best by the judge", StringComparison.Ordinal));
        Assert.True(Directory.Exists(Path.Combine(run.Folder.Ppo, "best")));
    }

    [Fact]
    public async Task Dpo_learns_from_the_pairs_that_the_reward_model_trains_on()
    {
        using var run = await FineTunedAsync();
        await new DpoStage().RunAsync(run.Context(TinyRun.Pretrain() + Dpo), CancellationToken.None);
        var steps = new MetricsFile(Path.Combine(run.Folder.Dpo, "metrics.jsonl")).Read().Where(l => l.Kind == "step").ToArray();
        Assert.Equal(Math.Log(2), steps[0].Values!["loss/dpo"], 1e-4);
        Assert.Equal(steps.Length, new CheckpointFolder(run.Folder.Dpo, 2).Newest(passOverDamaged: false)!.Step);
    }

    [Fact]
    public async Task Dpo_that_stops_and_resumes_is_bit_for_bit_the_run_that_does_not()
    {
        using var whole = await FineTunedAsync();
        using var halved = await FineTunedAsync();
        await new DpoStage().RunAsync(whole.Context(TinyRun.Pretrain() + Dpo), CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var reporter = new SilentReporter(done =>
        {
            if (done == 1) stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DpoStage().RunAsync(halved.Context(TinyRun.Pretrain() + Dpo, reporter), stop.Token));
        Assert.Equal(1, new CheckpointFolder(halved.Folder.Dpo, 2).Steps[^1]);
        await new DpoStage().RunAsync(halved.Context(TinyRun.Pretrain() + Dpo), CancellationToken.None);
        Assert.True(new CheckpointFolder(whole.Folder.Dpo, 2).Steps[^1] > 1);
        Assert.Equal(Weights(whole), Weights(halved));

        static string Weights(TinyRun run) => SafeTensorsFile.Hash(CheckpointFolder.NewestFiles(run.Folder.Dpo)!.Value.Tensors);
    }

    [Theory]
    [InlineData("ppo")]
    [InlineData("dpo")]
    public async Task The_best_policy_is_what_export_writes_and_its_card_says_how_it_was_made(string from)
    {
        using var run = await FineTunedAsync();
        await File.WriteAllTextAsync(Path.Combine(run.Folder.Data, DataStage.ReportFile), JsonSerializer.Serialize(new DataReport("tiny", 0, []), DataJson.Indented.DataReport));
        var recipe = TinyRun.Pretrain() + (from == "ppo" ? Ppo : Dpo) + $$""", "export": { "from": "{{from}}", "format": "float32", "samplePrompts": [] } """;
        await (from == "ppo" ? (IStage)new PpoStage() : new DpoStage()).RunAsync(run.Context(recipe), CancellationToken.None);
        await new ExportStage().RunAsync(run.Context(recipe), CancellationToken.None);

        var best = new CheckpointFolder(Path.Combine(run.Folder.Root, from, "best"), 1);
        var model = best.Newest(passOverDamaged: false)!.Model;
        Assert.Equal(Embedding(best.TensorFile(best.Steps[^1]), model), Embedding(Path.Combine(run.Folder.Chat, "model.safetensors"), model));
        var card = await File.ReadAllTextAsync(Path.Combine(run.Folder.Chat, "README.md"));
        Assert.Contains($"then improved by {from.ToUpperInvariant()} on ", card, StringComparison.Ordinal);
        Assert.Contains("against the fine-tuned model at a KL of", card, StringComparison.Ordinal);
        Assert.Contains($"![Curves of {from}]({from}.png)", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_from_a_stage_that_has_not_run_names_it()
    {
        using var run = await FineTunedAsync();
        var recipe = TinyRun.Pretrain() + Ppo + """, "export": { "from": "ppo" } """;
        var error = await Assert.ThrowsAsync<StageException>(() => new ExportStage().RunAsync(run.Context(recipe), CancellationToken.None));
        Assert.Contains("run the stage `ppo` first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_reward_model_it_says_which_stage_to_run()
    {
        using var run = await FineTunedAsync();
        Directory.Delete(Path.Combine(run.Folder.Root, "reward"), recursive: true);
        var error = await Assert.ThrowsAsync<StageException>(() => new PpoStage().RunAsync(run.Context(TinyRun.Pretrain() + Ppo), CancellationToken.None));
        Assert.Contains("run the stage `reward` first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_and_answers_that_do_not_fit_the_model_are_refused()
    {
        using var run = await FineTunedAsync();
        var recipe = TinyRun.Pretrain() + Ppo.Replace("\"answerLength\": 16", "\"answerLength\": 50", StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<StageException>(() => new PpoStage().RunAsync(run.Context(recipe), CancellationToken.None));
        Assert.Contains("maxPositions (64)", error.Message, StringComparison.Ordinal);
    }

    private static float[] Embedding(string file, LlamaConfig model)
    {
        using var read = torch.zeros(model.VocabularySize, model.HiddenSize);
        SafeTensorsFile.ReadInto(file, [("model.embed_tokens.weight", read)]);
        return read.data<float>().ToArray();
    }

    private static async Task<TinyRun> FineTunedAsync()
    {
        var run = new TinyRun();
        run.WriteYesConversations();
        await new PretrainStage().RunAsync(run.Context(TinyRun.Pretrain()), CancellationToken.None);
        await new SftStage().RunAsync(run.Context(TinyRun.Pretrain() + Sft), CancellationToken.None);
        var tuned = new CheckpointFolder(run.Folder.Sft, 1).Newest(passOverDamaged: false)!;
        foreach (var (name, seed) in new[] { ("reward", 1), ("judge", 2) })
        {
            using var model = new RewardModel(tuned.Model, seed) { TokenizerSha256 = tuned.TokenizerSha256 };
            model.Save(Path.Combine(run.Folder.Root, name));
        }

        return run;
    }
}
