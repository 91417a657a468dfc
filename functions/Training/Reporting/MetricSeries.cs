using System.Text.Json;

namespace ChatLoop.Training.Reporting;

/// <summary>One number of a metrics.jsonl over the steps. Any stage's file will do: every numeric field makes a series.</summary>
internal sealed record MetricSeries(string Name, IReadOnlyList<(long Step, double Value)> Points)
{
    /// <summary>learningRate → learning rate</summary>
    public string Words { get; } = string.Concat(Name.Select(c => char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>All series, and the text of the last samples.</summary>
    public static (IReadOnlyList<MetricSeries> Series, IReadOnlyList<(string Prompt, string Text)> Samples) Read(string file)
    {
        var series = new Dictionary<string, List<(long, double)>>();
        var (samples, sampleStep) = (new List<(string, string)>(), -1L);

        // A kill may have cut the last line off.
        foreach (var line in File.ReadLines(file).Where(l => l.EndsWith('}')))
        {
            using var json = JsonDocument.Parse(line);
            if (!json.RootElement.TryGetProperty("step", out var at) || !at.TryGetInt64(out var step)) continue;
            foreach (var field in json.RootElement.EnumerateObject().Where(f => f.Value.ValueKind == JsonValueKind.Number && f.Name is not ("step" or "tokens")))
            {
                if (!series.TryGetValue(field.Name, out var points)) series[field.Name] = points = [];
                points.Add((step, field.Value.GetDouble()));
            }

            if (!json.RootElement.TryGetProperty("text", out var text) || text.GetString() is not { } sample) continue;
            if (step != sampleStep) samples.Clear();
            sampleStep = step;
            samples.Add((json.RootElement.TryGetProperty("prompt", out var prompt) ? prompt.GetString() ?? "" : "", sample));
        }

        return ([.. series.Select(s => new MetricSeries(s.Key, s.Value))], samples);
    }
}
