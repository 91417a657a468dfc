using System.Text.Json;

namespace ChatLoop.Training.Reporting;

/// <summary>One number of a metrics.jsonl over the steps. Any stage's file will do: every numeric field makes a series, those under `values` too.</summary>
internal sealed record MetricSeries(string Name, IReadOnlyList<(long Step, double Value)> Points)
{
    /// <summary>learningRate → learning rate</summary>
    public string Words { get; } = string.Concat(Name.Select(c => char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>All series, the text of the last samples, and every alarm.</summary>
    public static (IReadOnlyList<MetricSeries> Series, IReadOnlyList<(string Prompt, string Text)> Samples, IReadOnlyList<(long Step, string Text)> Alarms) Read(string file)
    {
        var series = new Dictionary<string, List<(long, double)>>();
        var (samples, sampleStep, alarms) = (new List<(string, string)>(), -1L, new List<(long, string)>());

        // A kill may have cut the last line off.
        foreach (var line in File.ReadLines(file).Where(l => l.EndsWith('}')))
        {
            using var json = JsonDocument.Parse(line);
            if (!json.RootElement.TryGetProperty("step", out var at) || !at.TryGetInt64(out var step)) continue;
            foreach (var field in Numbers(json.RootElement).Where(f => f.Name is not ("step" or "tokens")))
            {
                if (!series.TryGetValue(field.Name, out var points)) series[field.Name] = points = [];
                points.Add((step, field.Value.GetDouble()));
            }

            if (!json.RootElement.TryGetProperty("text", out var value) || value.GetString() is not { } text) continue;
            var kind = json.RootElement.GetProperty("kind").GetString();
            if (kind == "alarm") alarms.Add((step, text));
            if (kind != "sample") continue;
            if (step != sampleStep) samples.Clear();
            sampleStep = step;
            samples.Add((json.RootElement.TryGetProperty("prompt", out var prompt) ? prompt.GetString() ?? "" : "", text));
        }

        return ([.. series.Select(s => new MetricSeries(s.Key, s.Value))], samples, alarms);
    }

    // PPO's and DPO's are one level down, under their own names.
    private static IEnumerable<JsonProperty> Numbers(JsonElement line) =>
        line.EnumerateObject().SelectMany(f => f is { Name: "values", Value.ValueKind: JsonValueKind.Object } ? Numbers(f.Value) : f.Value.ValueKind == JsonValueKind.Number ? [f] : []);
}
