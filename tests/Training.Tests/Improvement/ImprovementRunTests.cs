using System.Text.Json.Nodes;
using ChatLoop.Core.Improvement;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Tests.Cli;
using ChatLoop.Training.Tests.ReinforcementLearning;

namespace ChatLoop.Training.Tests.Improvement;

/// <summary>From a dozen comparisons and a served model to a better-judged one with its figures.</summary>
[Collection(TrainingCollection.Name)]
public sealed class ImprovementRunTests : IDisposable
{
    private readonly TinyImprovement _tiny = new();

    [Fact]
    public async Task A_dozen_comparisons_make_a_model_a_report_and_figures_for_the_gates()
    {
        _tiny.With(TinyImprovement.Comparisons(12));
        await _tiny.TrainAsync();

        var result = ImprovementResult.Load(_tiny.Run.Root);
        Assert.Equal(("improve-smoke", "served"), (result.Recipe, result.BaseModel.Name));
        Assert.Equal(SafeTensorsFile.Hash(Path.Combine(_tiny.BaseFolder, ModelManifest.FileName)), result.BaseModel.Hash);
        Assert.Equal(SafeTensorsFile.Hash(Path.Combine(_tiny.Run.Chat, ModelManifest.FileName)), result.Model.Hash);
        Assert.NotEqual(result.BaseModel.Hash, result.Model.Hash);
        Assert.Equal(ModelManifest.Verify(_tiny.Run.Chat, ModelManifest.ChatKind).Name, result.Model.Name);
        Assert.True(result.RewardAccuracy!.N >= 3); // of three answers in order, each question makes three pairs
        Assert.InRange(result.RewardAccuracy.Value, 0, 1);
        Assert.InRange(result.RewardAccuracy.LengthBaseline, 0.3, 1); // "It is 4." is longer than "4", which is shorter than "No."
        Assert.NotNull(result.JudgeAccuracy);
        Assert.InRange(result.WinRate!.Value, result.WinRate.Low, result.WinRate.High);
        Assert.True(result.WinRate.N >= 3);
        Assert.Equal(64, result.WinRate.Judge.Length);
        Assert.NotNull(result.Kl);
        Assert.Null(result.Moderation);
        Assert.True(File.Exists(Path.Combine(_tiny.Run.Root, ImprovementResult.ReportFile)));
        Assert.Contains("made from `served`", await File.ReadAllTextAsync(Path.Combine(_tiny.Run.Chat, "README.md")), StringComparison.Ordinal);

        _tiny.Reporter.Lines.Clear();
        await _tiny.TrainAsync();
        Assert.All(_tiny.Reporter.Lines, line => Assert.Contains("finished before", line, StringComparison.Ordinal));

        _tiny.Export(seed: 2);
        await _tiny.TrainAsync();
        Assert.Contains("stage ppo: started", _tiny.Reporter.Lines);
        Assert.NotEqual(result.BaseModel.Hash, ImprovementResult.Load(_tiny.Run.Root).BaseModel.Hash);
    }

    [SkippableFact]
    public async Task A_run_that_is_killed_ends_with_the_weights_of_one_that_is_not()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Needs SIGKILL.");
        _tiny.With(TinyImprovement.Comparisons(12)).Context();
        var (whole, killed) = (_tiny.NewRun(), _tiny.NewRun());
        var (code, lines, error) = await TrainerProcess.TrainAsync(_tiny.RecipeFile, whole);
        Assert.True(code == 0, error);
        foreach (var stage in (string[])["reward", "ppo"])
        {
            // A line after the stage's start: its first step, or a moment later.
            var at = Array.FindIndex(lines, l => l == $"stage {stage}: started");
            var done = (await TrainerProcess.TrainAsync(_tiny.RecipeFile, killed, killAtLine: stage == "reward" ? at + 4 : 25)).Code;
            Assert.Equal(137, done);
        }

        Assert.Equal(0, (await TrainerProcess.TrainAsync(_tiny.RecipeFile, killed)).Code);
        foreach (var file in (string[])["chat/model.safetensors", "reward/reward.safetensors", "judge/reward.safetensors"])
        {
            Assert.Equal(SafeTensorsFile.Hash(Path.Combine(whole, file)), SafeTensorsFile.Hash(Path.Combine(killed, file)));
        }

        Assert.Equal(SafeTensorsFile.Hash(CheckpointFolder.NewestFiles(Path.Combine(whole, "ppo"))!.Value.Tensors), SafeTensorsFile.Hash(CheckpointFolder.NewestFiles(Path.Combine(killed, "ppo"))!.Value.Tensors));
    }

    [Fact]
    public async Task Demonstrations_fine_tune_the_base_model_where_there_are_enough()
    {
        _tiny.With(TinyImprovement.Comparisons(12), TinyImprovement.Demonstrations(24));
        await _tiny.TrainAsync(recipe => recipe["ppo"]!["totalSteps"] = 1);
        Assert.Contains(_tiny.Reporter.Lines, line => line.StartsWith("sft: from step 0 of base", StringComparison.Ordinal));
        var card = await File.ReadAllTextAsync(Path.Combine(_tiny.Run.Chat, "README.md"));
        Assert.Contains("Fine-tuning. A set smaller", card, StringComparison.Ordinal);
        Assert.Contains("| sft-loop | by its size |", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, 0.99, "reward: 0 comparisons to train on and 12 held out, at least 1 and 1 are needed (reward.minComparisons, reward.minHeldOut)")]
    [InlineData(1, 0, "reward: 1 comparisons to train on and 0 held out, at least 1 and 1 are needed")]
    [InlineData(0, 0, "reward: 0 comparisons to train on and 0 held out, at least 1 and 1 are needed")]
    public async Task Too_few_judgements_are_one_line_that_says_how_many_are_needed(int comparisons, double heldOutShare, string message)
    {
        _tiny.With(TinyImprovement.Comparisons(comparisons), heldOutShare: heldOutShare);
        var error = await Assert.ThrowsAsync<StageException>(() => _tiny.TrainAsync(recipe => recipe["reward"]!["questionsTo"] = 1));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(_tiny.Reporter.Lines, line => line.StartsWith("sft: the base model is taken over as it is: there are 0 demonstrations to train on, at least 8 are needed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Too_few_questions_are_one_line_and_with_nobody_held_out_the_run_holds_questions_out_itself()
    {
        _tiny.With(TinyImprovement.Comparisons(8), heldOutShare: 0);
        var error = await Assert.ThrowsAsync<StageException>(() => _tiny.TrainAsync(recipe =>
        {
            recipe.Remove("judge");
            recipe["ppo"]!["minQuestions"] = 5;
        }));
        Assert.Contains("ppo: 4 questions to train on fit into 64 tokens, at least 5 are needed (ppo.minQuestions)", error.Message, StringComparison.Ordinal);
        Assert.Contains("4 judged questions to train on, 4 held out.", _tiny.Reporter.Lines);
    }

    [Fact]
    public async Task Without_judge_or_eval_what_is_not_measured_is_null()
    {
        _tiny.With(TinyImprovement.Comparisons(12));
        await _tiny.TrainAsync(recipe =>
        {
            recipe.Remove("judge");
            recipe["ppo"]!["totalSteps"] = 1;
        });
        var result = ImprovementResult.Load(_tiny.Run.Root);
        Assert.Equal((null, null, null), (result.JudgeAccuracy, result.WinRate, result.Kl));
        Assert.NotNull(result.RewardAccuracy);
        Assert.Null(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_tiny.Run.Root, ImprovementResult.FileName)))!["winRate"]);
    }

    public void Dispose() => _tiny.Dispose();
}
