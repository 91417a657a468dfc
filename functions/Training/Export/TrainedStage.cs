using System.Text.Json;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Metrics;

namespace ChatLoop.Training.Export;

/// <summary>What a stage of training left in its folder.</summary>
/// <param name="Curves">The picture of its curves; null where it drew none.</param>
internal sealed record TrainedStage(string Name, string Tensors, Checkpoint Checkpoint, IReadOnlyList<MetricLine> Validations, string? Curves)
{
    /// <param name="best">Where in the folder the checkpoint is, if not in the folder itself.</param>
    /// <exception cref="StageException">There is no checkpoint, or it is damaged.</exception>
    public static TrainedStage Read(string name, string folder, bool passOverDamaged, IReporter reporter, string best = "")
    {
        var checkpoints = new CheckpointFolder(Path.Combine(folder, best), keep: 1);
        var last = checkpoints.Newest(passOverDamaged, reporter) ?? throw new StageException($"There is no checkpoint in {checkpoints.Folder}: run the stage `{name}` first.");
        var metrics = new MetricsFile(Path.Combine(folder, "metrics.jsonl")).Read();
        var curves = Path.Combine(folder, "curves.png");
        return new TrainedStage(
            name, checkpoints.TensorFile(last.Step), last, [.. metrics.Where(l => l.Kind == "validation" && l.Step <= last.Step)], File.Exists(curves) ? curves : null);
    }

    /// <summary>Rows (pre-training), conversations (fine-tuning), or questions and comparisons (what follows), of each set that it was trained on.</summary>
    public IReadOnlyDictionary<string, long> Drawn { get; } = Checkpoint.Cursor.Deserialize(TrainingJson.Default.MixtureCursor)!.RowsDrawn;
}
