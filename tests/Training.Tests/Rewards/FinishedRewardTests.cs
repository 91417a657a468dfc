using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Rewards;
using ChatLoop.Training.Tests.Improvement;
using ChatLoop.Training.Tests.ReinforcementLearning;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Rewards;

/// <summary>Reward models that a run is given: to judge by, or to start from.</summary>
[Collection(TrainingCollection.Name)]
public sealed class FinishedRewardTests : IDisposable
{
    private readonly TinyImprovement _tiny = new TinyImprovement().With(TinyImprovement.Comparisons(12));

    [Fact]
    public async Task An_exported_model_judges_and_is_tested_by_all_comparisons()
    {
        await _tiny.TrainAsync(recipe => recipe["ppo"]!["totalSteps"] = 1);
        var exported = Path.Combine(_tiny.Run.Reward, "model");
        using var trained = RewardModel.Load(_tiny.Run.Reward, CPU);
        using var read = FinishedReward.Load(exported, trained.TokenizerSha256, CPU);
        var (ids, lengths) = (tensor(new long[] { 1, 3, 70, 80, 2, 0 }, [1, 6]), tensor(new long[] { 5 }));
        // The head is stored in half precision.
        Assert.Equal(trained.Score(ids, lengths).item<float>(), read.Score(ids, lengths).item<float>(), 0.01f);

        var context = _tiny.Context(recipe => recipe["judge"] = new System.Text.Json.Nodes.JsonObject { ["model"] = exported, ["sequenceLength"] = 128 });
        await new RewardStage("judge", "").RunAsync(context, CancellationToken.None);
        var report = RewardReportWriter.Read(_tiny.Run.Judge)!;
        Assert.Equal(0, report.TrainingComparisons);
        Assert.All(report.Rows, row => Assert.Equal(RewardSplit.HeldOutQuestion, row.Split));
        Assert.Equal(36, report.Rows.Where(row => row.Labeler == "all").Sum(row => row.Pairs)); // twelve questions, three pairs each
    }

    [Fact]
    public async Task Training_may_start_from_an_earlier_reward_model()
    {
        await _tiny.TrainAsync(recipe => recipe["ppo"]!["totalSteps"] = 1);
        var earlier = Directory.CreateDirectory(_tiny.NewRun()).FullName;
        foreach (var file in RewardFile.FilesOf(_tiny.Run.Reward)) File.Copy(file, Path.Combine(earlier, Path.GetFileName(file)));
        var before = SafeTensorsFile.Hash(RewardFile.TensorFile(_tiny.Run.Reward));
        Directory.Delete(_tiny.Run.Reward, recursive: true);
        var reporter = _tiny.Reporter;
        await new RewardStage("reward", "").RunAsync(_tiny.Context(recipe => recipe["reward"]!["base"] = earlier), CancellationToken.None);
        Assert.Contains(reporter.Lines, line => line.StartsWith($"reward: from {earlier},", StringComparison.Ordinal));
        Assert.NotEqual(before, SafeTensorsFile.Hash(RewardFile.TensorFile(_tiny.Run.Reward)));
    }

    [Fact]
    public void Another_tokenizer_is_refused()
    {
        var folder = _tiny.NewRun();
        using var model = new RewardModel(TinyImprovement.Shape, seed: 1) { TokenizerSha256 = "other" };
        model.Save(folder);
        Assert.Contains("reads another tokenizer's ids", Assert.Throws<StageException>(() => FinishedReward.Load(folder, "ours", CPU)).Message, StringComparison.Ordinal);
        Assert.Throws<ModelFolderException>(() => FinishedReward.Load(Path.Combine(folder, "nowhere"), "ours", CPU));
    }

    public void Dispose() => _tiny.Dispose();
}
