using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Metrics;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.SupervisedFineTuning;

namespace ChatLoop.Training.Tests.SupervisedFineTuning;

public sealed class SftStageTests
{
    private const string Sft =
        """
        "sft": { "totalTokens": 6400, "batchRows": 2, "sequenceLength": 64, "validateEvery": 0, "checkpointEvery": 20, "samplePrompts": ["ab"], "sampleLength": 8,
                 "schedule": { "shape": "cosine", "peak": 0.02, "warmupSteps": 3 } }
        """;

    [Fact]
    public async Task Learns_to_answer_from_the_pretrained_weights_and_samples_what_it_learned()
    {
        using var run = new TinyRun();
        run.WriteYesConversations();
        await new PretrainStage().RunAsync(run.Context(TinyRun.Pretrain()), CancellationToken.None);
        await new SftStage().RunAsync(run.Context(TinyRun.Pretrain() + ", " + Sft), CancellationToken.None);

        var lines = new MetricsFile(Path.Combine(run.Folder.Sft, "metrics.jsonl")).Read();
        Assert.True(lines.Last(l => l.Kind == "validation").ValidationLoss < 0.3);
        Assert.Equal("yes", lines.Single(l => l.Kind == "sample").Text);
        Assert.Equal(50, new CheckpointFolder(run.Folder.Sft, 2).Newest(passOverDamaged: false)!.Step);
    }

    [Fact]
    public async Task Without_a_pretrained_model_it_says_which_stage_to_run()
    {
        using var run = new TinyRun();
        run.WriteYesConversations();
        var error = await Assert.ThrowsAsync<StageException>(() => new SftStage().RunAsync(run.Context(Sft), CancellationToken.None));
        Assert.Contains("run the stage `pretrain` first", error.Message, StringComparison.Ordinal);
    }
}
