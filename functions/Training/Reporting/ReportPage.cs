using System.Globalization;
using System.Reflection;
using System.Text.Json;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Reporting;

/// <summary>The report page: what was trained on what, how it went, and what came out.</summary>
internal sealed class ReportPage(StageContext context, IReadOnlyList<StageRecord> stages)
{
    // Rows of a validation table: the curve has them all.
    private const int MostRows = 24;

    private readonly Html _html = new();

    public string Text()
    {
        _html.Raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        _html.Line($"<title>{context.Recipe.Name}: training report</title>");
        _html.Raw($"<style>{Style()}</style></head><body>");
        _html.Line($"<h1>{context.Recipe.Name}</h1>");
        var model = stages.Select(s => s.Checkpoint?.Model).LastOrDefault(m => m is not null);
        if (model is not null) _html.Line($"<p>{N(model.ParameterCount)} parameters: width {model.HiddenSize}, {model.Layers} layers, {model.Heads} heads of {model.HeadSize} over {model.KeyValueHeads}, vocabulary {N(model.VocabularySize)}, at most {N(model.MaxPositions)} tokens.</p>");
        _html.Line($"<p class=\"soft\">Seed {context.Seed}, device {context.Device}.</p>");
        Overview();
        Models();
        foreach (var stage in stages.Where(s => s.Series.Count > 0 || s.Documents.Count > 0)) Stage(stage);
        Sets();
        _html.Raw("<h2>Recipe</h2>");
        _html.Line($"<pre>{File.ReadAllText(context.Recipe.File).Trim()}</pre>");
        _html.Raw("</body></html>");
        return _html.ToString();
    }

    private static string Style()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private void Overview()
    {
        _html.Raw("<h2>Stages</h2>");
        _html.Table(["stage", "state", "steps", "tokens", "time", "tokens/s"], stages.Select(s => (IReadOnlyList<string>)
        [
            s.Name, State(s), s.Checkpoint is { } c ? $"{N(c.Step)} of {N(c.TotalSteps)}" : "", s.Checkpoint is { } t ? N(t.Tokens) : "",
            Time(s.Checkpoint?.Seconds ?? (s.Note?.Outputs is null ? null : s.Note.Seconds)),
            s.Checkpoint is { Seconds: > 0 } p ? N((long)(p.Tokens / p.Seconds)) : "",
        ]), numbers: 4);
        _html.Raw("<p class=\"soft\">Time of a stage that trains is over all sittings, with validation, samples and checkpoints; of the others, that of the sitting that finished it.</p>");
    }

    private static string State(StageRecord stage) =>
        stage.Note is { Outputs: not null } ? "finished"
        : stage.Checkpoint is { } c ? c.Step >= c.TotalSteps ? "trained to its end" : "unfinished"
        : stage.Note is not null ? "unfinished"
        : Directory.Exists(stage.Folder) ? "present" : "not run";

    private void Models()
    {
        foreach (var folder in Directory.EnumerateDirectories(context.Run.Root).Order(StringComparer.Ordinal).Where(f => File.Exists(Path.Combine(f, ModelManifest.FileName))))
        {
            var path = Path.GetRelativePath(context.Run.Root, folder);
            var manifest = JsonSerializer.Deserialize<ModelManifest>(File.ReadAllText(Path.Combine(folder, ModelManifest.FileName)), JsonSerializerOptions.Web)!;
            _html.Line($"<h2>Model: <a href=\"{path}/\">{path}/</a></h2>");
            _html.Line($"<p>{manifest.Name} ({manifest.Kind}), exported {manifest.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC.");
            _html.Line(File.Exists(Path.Combine(folder, "README.md")) ? (FormattableString)$"<a href=\"{path}/README.md\">Model card</a></p>" : $"</p>");
            _html.Table(["file", "SHA-256", "bytes"], manifest.Files.Select(f => (IReadOnlyList<string>)[f.Key, f.Value.Sha256, N(f.Value.Bytes)]), numbers: 1);
        }
    }

    private void Stage(StageRecord stage)
    {
        _html.Line($"<h2>{stage.Name}</h2>");
        if (stage.Checkpoint is { } made) _html.Line($"<p class=\"soft\">Last checkpoint: step {N(made.Step)}, SHA-256 {made.TensorsSha256}</p>");
        foreach (var (step, text) in stage.Alarms) _html.Line($"<p class=\"alarm\">Alarm at step {N(step)}: {text}</p>");
        _html.Raw("<div class=\"charts\">");
        MetricSeries[] losses = [.. stage.Series.Where(s => s.Name is "loss" or "validationLoss")];
        if (losses.Length > 0) _html.Raw(Chart.Svg("loss, nats per token", losses));
        foreach (var series in stage.Series.Except(losses).Where(s => s.Points.Count > 1).OrderBy(s => s.Name == "bitsPerByte" ? 0 : 1)) _html.Raw(Chart.Svg(series.Words, [series]));
        foreach (var picture in Directory.EnumerateFiles(stage.Folder, "*.png").Where(f => Path.GetFileName(f) != "curves.png").Order(StringComparer.Ordinal))
        {
            _html.Line($"<img alt=\"{Path.GetFileNameWithoutExtension(picture)}\" src=\"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(picture))}\">");
        }

        _html.Raw("</div>");
        Validations(stage);
        foreach (var document in stage.Documents) _html.Raw(Documents.Html(File.ReadAllText(document)));
        if (stage.Samples.Count == 0) return;
        _html.Raw("<h3>Last samples</h3>");
        _html.Table(["prompt", "text"], stage.Samples.Select(s => (IReadOnlyList<string>)[s.Prompt, s.Text]));
    }

    private void Validations(StageRecord stage)
    {
        var (losses, bits) = (stage.Points("validationLoss"), stage.Points("bitsPerByte").ToDictionary(p => p.Step, p => p.Value));
        if (losses.Count == 0) return;
        var every = (losses.Count + MostRows - 1) / MostRows;
        _html.Raw("<h3>Validation by step</h3>");
        _html.Table(["step", "nats per token", .. bits.Count > 0 ? ["bits per byte"] : Array.Empty<string>()], losses.Where((_, i) => i % every == 0 || i == losses.Count - 1)
            .Select(p => (IReadOnlyList<string>)[N(p.Step), F(p.Value), .. bits.Count > 0 ? [bits.TryGetValue(p.Step, out var b) ? F(b) : ""] : Array.Empty<string>()]), numbers: 3);
    }

    private void Sets()
    {
        var file = Path.Combine(context.Run.Data, DataStage.ReportFile);
        if (!File.Exists(file)) return;
        var report = JsonSerializer.Deserialize(File.ReadAllText(file), DataJson.Indented.DataReport)!;
        _html.Raw("<h2>Data</h2>");
        foreach (var stage in stages.Where(s => s.Drawn.Count > 0))
        {
            var all = Math.Max(1, stage.Drawn.Values.Sum());
            _html.Line($"<h3>What {stage.Name} was trained on</h3>");
            _html.Table(["set", "drawn", "share"], stage.Drawn.OrderByDescending(d => d.Value).Select(d => (IReadOnlyList<string>)[d.Key, N(d.Value), string.Create(CultureInfo.InvariantCulture, $"{100.0 * d.Value / all:F1} %")]), numbers: 2);
        }

        _html.Raw("<p class=\"soft\">Drawn are rows of equal length in pre-training, conversations in fine-tuning.</p><h3>What is in each set after cleaning</h3>");
        _html.Table(["set", "texts", "MB", "conversations", "duplicates", "held out", "unfit"], report.Sets.Select(s => (IReadOnlyList<string>)
            [s.Name, N(s.Documents), string.Create(CultureInfo.InvariantCulture, $"{s.Bytes / 1e6:F1}"), N(s.Conversations), N(s.Duplicates), N(s.HeldOut), N(s.Unfit)]), numbers: 6);
        _html.Line($"<p class=\"soft\">Duplicates, held out and unfit were dropped. {N(report.VerifiedFiles)} files were checked against the hashes of their manifest.</p>");
        _html.Raw("<h3>Sources and licences</h3>");
        foreach (var set in report.Sets) _html.Line($"<details><summary>{set.Name}</summary><pre>{(set.Notice.Length > 0 ? set.Notice : "The set states neither source nor licence.")}</pre></details>");
    }

    private static string N(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string F(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static string Time(double? seconds) => seconds is { } s ? s < 60 ? string.Create(CultureInfo.InvariantCulture, $"{s:F1} s") : TimeSpan.FromSeconds(s).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : "";
}
