using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Metrics;
using ChatLoop.Training.Pretraining;

namespace ChatLoop.Training.Tests.Optimization;

/// <summary>The loop as pre-training runs it, on a model of thirty thousand parameters.</summary>
public sealed class TrainingLoopTests
{
    [Fact]
    public async Task A_run_that_stops_and_resumes_is_bit_for_bit_the_run_that_does_not()
    {
        using var whole = new TinyRun();
        using var halved = new TinyRun();
        await new PretrainStage().RunAsync(whole.Context(TinyRun.Pretrain()), CancellationToken.None);
        await StopAtAsync(halved, step: 20);
        Assert.Equal(20, new CheckpointFolder(halved.Folder.Pretrain, 2).Steps[^1]);

        await new PretrainStage().RunAsync(halved.Context(TinyRun.Pretrain()), CancellationToken.None);

        Assert.Equal(TensorHash(whole), TensorHash(halved));
        Assert.Equal(Losses(whole), Losses(halved));
    }

    [Fact]
    public async Task The_same_seed_trains_the_same_model_and_another_seed_another()
    {
        using var one = new TinyRun();
        using var same = new TinyRun();
        using var other = new TinyRun();
        await new PretrainStage().RunAsync(one.Context(TinyRun.Pretrain()), CancellationToken.None);
        await new PretrainStage().RunAsync(same.Context(TinyRun.Pretrain()), CancellationToken.None);
        await new PretrainStage().RunAsync(other.Context(TinyRun.Pretrain(), seed: 4), CancellationToken.None);
        Assert.Equal(TensorHash(one), TensorHash(same));
        Assert.NotEqual(TensorHash(one), TensorHash(other));
    }

    [Fact]
    public async Task Training_lowers_the_validation_loss_and_draws_its_curves()
    {
        using var run = new TinyRun();
        await new PretrainStage().RunAsync(run.Context(TinyRun.Pretrain()), CancellationToken.None);
        var lines = new MetricsFile(Path.Combine(run.Folder.Pretrain, "metrics.jsonl")).Read();
        var validations = lines.Where(l => l.Kind == "validation").ToArray();
        Assert.Equal([20, 40], validations.Select(v => v.Step));
        Assert.InRange(validations[^1].ValidationLoss!.Value, 0.5, 3.7); // 40 bytes drawn evenly would cost ln 40 = 3.69 nats
        Assert.True(validations[^1].ValidationLoss < validations[0].ValidationLoss);
        Assert.Equal(validations[^1].ValidationLoss!.Value / Math.Log(2), validations[^1].BitsPerByte!.Value, 1e-4); // every token is one byte
        Assert.Equal([0x89, 0x50], File.ReadAllBytes(Path.Combine(run.Folder.Pretrain, "curves.png"))[..2]);
    }

    [Fact]
    public async Task Accumulating_two_batches_equals_one_of_twice_the_rows()
    {
        using var one = new TinyRun();
        using var two = new TinyRun();
        await new PretrainStage().RunAsync(one.Context(TinyRun.Pretrain()), CancellationToken.None);
        await new PretrainStage().RunAsync(two.Context(TinyRun.Pretrain().Replace("\"batchRows\": 4", "\"batchRows\": 2, \"accumulation\": 2", StringComparison.Ordinal)), CancellationToken.None);
        Assert.All(Losses(one).Zip(Losses(two)), p => Assert.Equal(p.First, p.Second, 1e-3));
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_named_and_passed_over_only_when_told_so()
    {
        using var run = new TinyRun();
        await StopAtAsync(run, step: 30);
        var damaged = new CheckpointFolder(run.Folder.Pretrain, 2).TensorFile(30);
        var bytes = await File.ReadAllBytesAsync(damaged);
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(damaged, bytes);

        var error = await Assert.ThrowsAsync<StageException>(() => new PretrainStage().RunAsync(run.Context(TinyRun.Pretrain()), CancellationToken.None));
        Assert.Contains("step-000030.safetensors is damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains("passOverDamaged", error.Message, StringComparison.Ordinal);

        var reporter = new SilentReporter();
        await new PretrainStage().RunAsync(run.Context(TinyRun.Pretrain(", \"passOverDamaged\": true"), reporter), CancellationToken.None);
        Assert.Contains(reporter.Lines, l => l.Contains("going on from step 20", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_length_of_a_run_may_change_before_the_decay_and_not_after_it()
    {
        using var run = new TinyRun();
        await StopAtAsync(run, step: 20);
        var shorter = TinyRun.Pretrain().Replace("2560", "2048", StringComparison.Ordinal); // 32 steps, decay from 24
        await StopAtAsync(run, step: 30, shorter);
        var error = await Assert.ThrowsAsync<StageException>(() => new PretrainStage().RunAsync(run.Context(TinyRun.Pretrain()), CancellationToken.None));
        Assert.Contains("only before its decay", error.Message, StringComparison.Ordinal);
        await new PretrainStage().RunAsync(run.Context(shorter), CancellationToken.None);
        Assert.Equal(32, new CheckpointFolder(run.Folder.Pretrain, 2).Steps[^1]);
    }

    [Theory]
    [InlineData("\"hiddenSize\": 32", "\"hiddenSize\": 40", "another model shape")]
    [InlineData("\"checkpointEvery\": 10", "\"checkpointEvery\": 10, \"mixture\": { \"one\": 1 }", "another mixture")]
    public async Task A_checkpoint_of_another_recipe_is_refused(string old, string changed, string message)
    {
        using var run = new TinyRun();
        await StopAtAsync(run, step: 10);
        var recipe = TinyRun.Pretrain().Replace(old, changed, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<StageException>(() => new PretrainStage().RunAsync(run.Context(recipe), CancellationToken.None));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static async Task StopAtAsync(TinyRun run, int step, string? recipe = null)
    {
        using var stop = new CancellationTokenSource();
        var reporter = new SilentReporter(done =>
        {
            if (done >= step) stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new PretrainStage().RunAsync(run.Context(recipe ?? TinyRun.Pretrain(), reporter), stop.Token));
    }

    private static string TensorHash(TinyRun run) => SafeTensorsFile.Hash(new CheckpointFolder(run.Folder.Pretrain, 2).TensorFile(40));

    private static double[] Losses(TinyRun run) =>
        [.. new MetricsFile(Path.Combine(run.Folder.Pretrain, "metrics.jsonl")).Read().Where(l => l.Kind == "step").Select(l => l.Loss!.Value)];
}
