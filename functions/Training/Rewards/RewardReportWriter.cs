using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatLoop.Training.Cli;
using ScottPlot;

namespace ChatLoop.Training.Rewards;

/// <summary>Writes `report.json`, `report.md` and `calibration.png`.</summary>
internal static class RewardReportWriter
{
    public const string CalibrationFile = "calibration.png";

    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static string FileOf(string folder) => Path.Combine(folder, "report.json");

    public static void Write(string folder, RewardReport report)
    {
        File.WriteAllText(FileOf(folder), JsonSerializer.Serialize(report, Layout) + "\n");
        File.WriteAllText(Path.Combine(folder, "report.md"), Markdown(report));
        Draw(Path.Combine(folder, CalibrationFile), report);
    }

    /// <summary>What <see cref="Write"/> wrote; null where there is none.</summary>
    /// <exception cref="StageException">The file is damaged.</exception>
    public static RewardReport? Read(string folder)
    {
        var file = FileOf(folder);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<RewardReport>(File.ReadAllText(file), Layout) : null;
        }
        catch (JsonException e)
        {
            throw new StageException($"{file} is damaged ({e.Message}): run the stage again.", e);
        }
    }

    public static string Markdown(RewardReport report) =>
        Line($"# {report.Name}\n\nSeed {report.Seed}, {report.TrainingComparisons} training comparisons, one row a set and split. A reward is {report.Gain:F4} · raw + {report.Bias:F4}.\n") + Tables(report);

    /// <summary>The report without its heading: accuracy, verdicts, agreement, calibration.</summary>
    public static string Tables(RewardReport report)
    {
        var text = new StringBuilder("| set | split | labeler | pairs | accuracy | margin | longer wins | first wins |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var row in report.Rows)
        {
            text.Append(Line($"| {row.Set} | {row.Split} | {row.Labeler} | {row.Pairs} | {row.Accuracy:P1} ± {row.StandardError:P1} | {row.Margin:F3} | {row.LongerWins:P1} | {(row.FirstWins is { } first ? first.ToString("P1", CultureInfo.InvariantCulture) : "not known")} |"));
        }

        text.Append('\n');
        foreach (var row in report.Rows.Where(r => r.Labeler == "all" && r.Split != RewardSplit.Train))
        {
            text.Append(Line($"- {row.Set}, {row.Split}: {Verdict(row.Accuracy - row.LongerWins, row.OverLongerError)} the longer answer ({row.Accuracy - row.LongerWins:+0.0 %;-0.0 %} ± {row.OverLongerError:P1})."));
        }

        text.Append(Line($"\nLabelers' own agreement: {(report.LabelerAgreement is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share:P1} of {report.LabelerPairs} couples") : "no two labelers judged one pair")}."));
        text.Append("\n| predicted | pairs | mean prediction | accuracy |\n|---|---|---|---|\n");
        foreach (var bin in report.Calibration) text.Append(Line($"| {bin.From:F2}–{bin.To:F2} | {bin.Pairs} | {bin.Predicted:F3} | {bin.Accuracy:F3} |"));
        return text.ToString();
    }

    // Two standard errors, or nothing was shown.
    private static string Verdict(double difference, double error) =>
        difference > 2 * error ? "better than" : difference < -2 * error ? "worse than" : "not shown to be better than";

    private static void Draw(string file, RewardReport report)
    {
        using var plot = new Plot();
        // Without a held-out pair there is only the ideal to show.
        if (report.Calibration.Count > 0) plot.Add.Scatter(report.Calibration.Select(b => b.Predicted).ToArray(), report.Calibration.Select(b => b.Accuracy).ToArray()).LegendText = "held-out pairs";
        var ideal = plot.Add.Scatter(new[] { 0.5, 1 }, new[] { 0.5, 1 });
        (ideal.LegendText, ideal.MarkerSize, ideal.LinePattern) = ("as sure as right", 0, LinePattern.Dotted);
        plot.Title(report.Name + ": calibration");
        plot.XLabel("predicted share right, σ(|difference|)");
        plot.YLabel("share right");
        plot.ShowLegend(Alignment.UpperLeft);
        plot.SavePng(file, 640, 480);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture) + "\n";
}
