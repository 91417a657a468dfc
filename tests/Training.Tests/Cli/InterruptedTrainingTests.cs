using ChatLoop.Training.Checkpoints;

namespace ChatLoop.Training.Tests.Cli;

/// <summary>A run that is killed, or whose disk fills up, ends with the weights of one that was left alone.</summary>
public sealed class InterruptedTrainingTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    [SkippableFact]
    public async Task A_run_that_is_killed_at_random_moments_ends_with_the_same_weights()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Needs SIGKILL.");
        var (run, random, kills) = (undisturbed.NewRun(), new Random(7), 0);
        for (var i = 0; i < 5; i++)
        {
            // Lines come at each stage, validation and sample; how far a step has got when the signal arrives is left to the machine.
            if ((await TrainerProcess.TrainAsync(undisturbed.RecipeFile, run, killAtLine: random.Next(6, undisturbed.Lines / 2))).Code == 137) kills++;
        }

        // On a busy machine a signal may come after the end of a run, which then has nothing left to be killed in.
        Assert.InRange(kills, 1, 5);
        Assert.Equal(0, (await TrainerProcess.TrainAsync(undisturbed.RecipeFile, run)).Code);
        Assert.Equal(undisturbed.Weights, UndisturbedRun.WeightsOf(run));
        Assert.Empty(Directory.EnumerateFileSystemEntries(run, "*.new", SearchOption.AllDirectories));
        var (code, lines, _) = await TrainerProcess.TrainAsync(undisturbed.RecipeFile, run);
        Assert.Equal(0, code);
        Assert.All(lines, line => Assert.Contains("finished before", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_one_line_and_loses_nothing()
    {
        var run = undisturbed.Copy();
        var damaged = CheckpointFolder.NewestFiles(Path.Combine(run, "pretrain"))!.Value;
        await File.AppendAllTextAsync(damaged.Tensors, "?");
        var (code, _, error) = await TrainerProcess.TrainAsync(undisturbed.RecipeFile, run);
        Assert.Equal(1, code);
        Assert.Contains($"{damaged.Tensors} is damaged", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);

        File.Delete(damaged.State);
        (code, var lines, _) = await TrainerProcess.TrainAsync(undisturbed.RecipeFile, run);
        Assert.Equal(0, code);
        Assert.Equal(undisturbed.Weights, UndisturbedRun.WeightsOf(run));
        Assert.Contains(lines, line => line.Contains("sft: finished before", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_full_disk_is_one_line_and_loses_nothing()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Needs ulimit.");
        var run = undisturbed.NewRun();

        // A checkpoint of this model has more than 300 KB, what comes before it less. The runtime's own mapped files are not to count.
        var (code, _, error) = await TrainerProcess.TrainAsync(undisturbed.RecipeFile, run, shell: "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0; ulimit -f 250");
        Assert.Equal(1, code);
        Assert.Contains("could not be written", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(run, "*.new", SearchOption.AllDirectories));
        Assert.Equal(0, (await TrainerProcess.TrainAsync(undisturbed.RecipeFile, run)).Code);
        Assert.Equal(undisturbed.Weights, UndisturbedRun.WeightsOf(run));
    }
}
