using System.Text;
using ChatLoop.Training.ModelCards;

namespace ChatLoop.Training.Evaluation;

/// <summary>A model's table in Markdown.</summary>
internal static class ModelTable
{
    public static string Markdown(ModelReport report)
    {
        var text = new StringBuilder();
        text.Line($"# {report.Run}: {report.Model}\n");
        text.Line($"Weights of {(report.Step is { } step ? $"step {step}, " : "")}SHA-256 `{report.Sha256}`; seed {report.Seed}; measured {report.Created:yyyy-MM-dd HH:mm} UTC{Times(report)}. What each figure is: functions/Training/Evaluation/README.md.\n");
        text.Line($"| test | part | figure | value | standard error | 95 % interval | n | chance | published |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var f in report.Figures)
        {
            var published = f.Published is null ? "" : string.Join(", ", f.Published.Select(p => $"{p.Key} {FigureText.Number(p.Value)}"));
            text.Line($"| {f.Test} | {f.Part} | {f.Metric} | {FigureText.Number(f.Value)} | {Optional(f.StandardError)} | {FigureText.Interval(f)} | {f.Count:N0} | {Optional(f.Chance)} | {published} |");
        }

        if (report.Notes.Count > 0) text.Line($"\nNotes:\n");
        foreach (var note in report.Notes) text.Line($"- {note}");
        return text.ToString();
    }

    private static string Times(ModelReport report) =>
        report.Seconds.Count == 0 ? "" : $" in {report.Seconds.Values.Sum():F0} s ({string.Join(", ", report.Seconds.Select(s => FormattableString.Invariant($"{s.Key} {s.Value:N0}")))})";

    private static string Optional(double? value) => value is { } number ? FigureText.Number(number) : "";
}
