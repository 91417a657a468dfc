using System.Text.Json;

namespace ChatLoop.Training.Metrics;

/// <summary>metrics.jsonl: appended line by line, so that a run can be watched and survives being killed.</summary>
internal sealed class MetricsFile(string file)
{
    public void Append(MetricLine line)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.AppendAllText(file, JsonSerializer.Serialize(line, TrainingJson.Default.MetricLine) + "\n");
    }

    /// <summary>Every whole line so far.</summary>
    public IReadOnlyList<MetricLine> Read() =>
        File.Exists(file)
            ? [.. File.ReadLines(file).Where(l => l.EndsWith('}')).Select(l => JsonSerializer.Deserialize(l, TrainingJson.Default.MetricLine)!)]
            : [];

    /// <summary>Forgets what came after a step, when a run goes on from an earlier checkpoint: no step is drawn twice.</summary>
    public void CutAfter(long step)
    {
        if (!File.Exists(file)) return;
        var kept = Read().Where(l => l.Step <= step).Select(l => JsonSerializer.Serialize(l, TrainingJson.Default.MetricLine));
        File.WriteAllLines(file + ".new", kept);
        File.Move(file + ".new", file, overwrite: true);
    }
}
