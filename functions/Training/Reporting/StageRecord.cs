using System.Text.Json;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Metrics;

namespace ChatLoop.Training.Reporting;

/// <summary>What a stage left behind, as far as it left any: read without checking hashes, for people to look at.</summary>
/// <param name="Folder">The folder of its metrics and checkpoints.</param>
/// <param name="Checkpoint">The newest checkpoint; null where the stage has none.</param>
internal sealed record StageRecord(string Name, string Folder, StageNote? Note, Checkpoint? Checkpoint, IReadOnlyList<MetricSeries> Series, IReadOnlyList<(string Prompt, string Text)> Samples, IReadOnlyList<(long Step, string Text)> Alarms)
{
    /// <summary>Rows (pre-training) or conversations (fine-tuning) drawn from each set; empty where the cursor does not say.</summary>
    public IReadOnlyDictionary<string, long> Drawn { get; } =
        Checkpoint?.Cursor["rowsDrawn"] is not null ? Checkpoint.Cursor.Deserialize(TrainingJson.Default.MixtureCursor)!.RowsDrawn : new Dictionary<string, long>();

    public static StageRecord Read(IStage stage, RunFolder run, StageNotes notes)
    {
        var folder = stage.Outputs(run).FirstOrDefault(Directory.Exists) ?? Path.Combine(run.Root, stage.Name);
        var metrics = Path.Combine(folder, "metrics.jsonl");
        var (series, samples, alarms) = File.Exists(metrics) ? MetricSeries.Read(metrics) : ([], [], []);
        var checkpoint = CheckpointFolder.NewestFiles(folder) is var (state, _) ? JsonSerializer.Deserialize(File.ReadAllText(state), TrainingJson.Indented.Checkpoint) : null;
        return new StageRecord(stage.Name, folder, notes[stage.Name], checkpoint, series, samples, alarms);
    }

    /// <summary>What the stage wrote for people: its tables and samples, not the model cards.</summary>
    public IReadOnlyList<string> Documents { get; } =
        Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*.md").Where(f => Path.GetFileName(f) != "README.md").Order(StringComparer.Ordinal)] : [];

    public IReadOnlyList<(long Step, double Value)> Points(string series) => Series.FirstOrDefault(s => s.Name == series)?.Points ?? [];
}
