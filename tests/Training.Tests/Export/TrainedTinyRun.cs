using System.Text.Json;
using ChatLoop.Training.Data;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.SupervisedFineTuning;

namespace ChatLoop.Training.Tests.Export;

/// <summary>A tiny run that is pre-trained and fine-tuned to answer "yes", once for all tests of its class.</summary>
public sealed class TrainedTinyRun : IAsyncLifetime
{
    public const string Licence = "# Tiny set\nSource: nowhere. Licence: CC BY 4.0.";

    internal const string Sft =
        """
        "sft": { "totalTokens": 6400, "batchRows": 2, "sequenceLength": 64, "validateEvery": 25, "checkpointEvery": 25, "mixture": { "test": 1 },
                 "schedule": { "shape": "cosine", "peak": 0.02, "warmupSteps": 3 } }
        """;

    internal TinyRun Run { get; } = new();

    public async Task InitializeAsync()
    {
        Run.WriteYesConversations();
        var report = new DataReport("tiny", 3, [new SetReport("test", Licence, 7, 1000, 44, 1, 2, 3), new SetReport("nameless", "", 1, 10, 0, 0, 0, 0)]);
        await File.WriteAllTextAsync(Path.Combine(Run.Folder.Data, DataStage.ReportFile), JsonSerializer.Serialize(report, DataJson.Indented.DataReport));
        await new PretrainStage().RunAsync(Run.Context(TinyRun.Pretrain()), CancellationToken.None);
        await new SftStage().RunAsync(Run.Context(TinyRun.Pretrain() + ", " + Sft), CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        Run.Dispose();
        return Task.CompletedTask;
    }
}
