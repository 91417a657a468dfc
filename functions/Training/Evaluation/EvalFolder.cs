using System.Text.Json;
using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Evaluation;

/// <summary>The files of an evaluation: a table of each model, and one of all, each in Markdown and JSON.</summary>
internal static class EvalFolder
{
    private const string ComparisonName = "compare";

    /// <summary>Replaces the folder's tables by these.</summary>
    public static void Write(string folder, IReadOnlyList<ModelReport> reports)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f) is ".json" or ".md").ToArray()) File.Delete(old);
        foreach (var report in reports)
        {
            File.WriteAllText(Path.Combine(folder, report.Model + ".md"), ModelTable.Markdown(report));
            File.WriteAllText(Path.Combine(folder, report.Model + ".json"), JsonSerializer.Serialize(report, EvalJson.Default.ModelReport) + "\n");
        }

        var comparison = ModelComparison.Of([.. reports.Select(r => (r.Model, r))]);
        File.WriteAllText(ComparisonFile(folder), comparison.Markdown());
        File.WriteAllText(Path.Combine(folder, ComparisonName + ".json"), JsonSerializer.Serialize(comparison, EvalJson.Default.ModelComparison) + "\n");
    }

    public static string ComparisonFile(string folder) => Path.Combine(folder, ComparisonName + ".md");

    /// <summary>Whether the tables are of these very weights.</summary>
    public static bool IsOf(string folder, string model, string sha256) =>
        File.Exists(ComparisonFile(folder)) && Read(folder).Any(r => r.Model == model && r.Sha256 == sha256);

    /// <summary>The reports of a run, in the order of its comparison.</summary>
    /// <exception cref="StageException">The run has not been tested, or a file is damaged.</exception>
    public static IReadOnlyList<ModelReport> Read(string folder)
    {
        var file = Path.Combine(folder, ComparisonName + ".json");
        if (!File.Exists(file)) throw new StageException($"There are no tables in {folder}: run the stage `eval` first.");
        try
        {
            var columns = JsonSerializer.Deserialize(File.ReadAllText(file), EvalJson.Default.ModelComparison)!.Models.Select(m => m.Column);
            return [.. columns.Select(c => JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(folder, c + ".json")), EvalJson.Default.ModelReport)!)];
        }
        catch (JsonException e)
        {
            throw new StageException($"A table in {folder} is damaged ({e.Message}): run the stage `eval` again.", e);
        }
    }
}
