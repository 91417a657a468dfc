using System.Globalization;
using System.Text;
using ChatLoop.Training.ModelCards;

namespace ChatLoop.Training.Evaluation;

/// <summary>Models side by side: `eval/compare.md` and `compare.json`.</summary>
internal sealed record ModelComparison(IReadOnlyList<ComparedModel> Models, IReadOnlyList<ComparedRow> Rows)
{
    /// <param name="reports">Each under the name of its column.</param>
    public static ModelComparison Of(IReadOnlyList<(string Column, ModelReport Report)> reports) => new(
        [.. reports.Select(r => new ComparedModel(r.Column, r.Report.Run, r.Report.Step, r.Report.Sha256, r.Report.Seed, r.Report.Created))],
        [.. reports.SelectMany(r => r.Report.Figures.Select(f => (r.Column, Figure: f))).GroupBy(f => f.Figure.Row)
            .Select(g => new ComparedRow(g.Key.Test, g.Key.Part, g.Key.Metric, g.ToDictionary(f => f.Column, f => f.Figure)))]);

    public string Markdown()
    {
        var text = new StringBuilder();
        text.Line($"# Models compared\n\nIn brackets the 95 % interval; n is the number of items. What each figure is, and how it is measured: functions/Training/Evaluation/README.md.\n");
        text.Line($"| model | run | step | SHA-256 of the weights | seed | measured |\n|---|---|---|---|---|---|");
        foreach (var m in Models) text.Line($"| {m.Column} | {m.Run} | {m.Step} | `{m.Sha256}` | {m.Seed} | {m.Created:yyyy-MM-dd} |");
        foreach (var test in Rows.GroupBy(r => r.Test)) Table(text, test.Key, [.. test]);
        return text.ToString();
    }

    // A test's rows, with the columns of those models alone that took it.
    private void Table(StringBuilder text, string test, ComparedRow[] rows)
    {
        string[] columns = [.. Models.Select(m => m.Column).Where(c => rows.Any(r => r.Figures.ContainsKey(c)))];
        string[] others = [.. rows.SelectMany(r => r.Published.Keys).Distinct()];
        var chance = rows.Any(r => r.Chance is not null);
        string[] heads = [test, "", "n", .. columns, .. others.Select(o => o + " (published)"), .. chance ? ["chance"] : Array.Empty<string>()];
        text.Line($"\n| {string.Join(" | ", heads)} |\n|{string.Concat(Enumerable.Repeat("---|", heads.Length))}");
        foreach (var row in rows)
        {
            string[] cells =
            [
                row.Part, row.Metric, row.Counts, .. columns.Select(c => row.Figures.TryGetValue(c, out var f) ? FigureText.WithInterval(f) : ""),
                .. others.Select(o => row.Published.TryGetValue(o, out var p) ? FigureText.Number(p) : ""), .. chance ? [row.Chance is { } c ? FigureText.Number(c) : ""] : Array.Empty<string>(),
            ];
            text.Line($"| {string.Join(" | ", cells)} |");
        }
    }
}

/// <summary>A column.</summary>
internal sealed record ComparedModel(string Column, string Run, long? Step, string Sha256, int Seed, DateTimeOffset Created);

/// <summary>One figure of several models, by their columns.</summary>
internal sealed record ComparedRow(string Test, string Part, string Metric, IReadOnlyDictionary<string, Figure> Figures)
{
    public double? Chance => Figures.Values.Select(f => f.Chance).FirstOrDefault(c => c is not null);

    public IReadOnlyDictionary<string, double> Published => Figures.Values.Select(f => f.Published).FirstOrDefault(p => p is not null) ?? new Dictionary<string, double>();

    /// <summary>n, or the n of each model where they differ.</summary>
    public string Counts => string.Join(" / ", Figures.Values.Select(f => f.Count).Distinct().Select(n => n.ToString("N0", CultureInfo.InvariantCulture)));
}
