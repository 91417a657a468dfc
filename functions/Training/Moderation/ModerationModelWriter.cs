using System.Text.Json;
using ChatLoop.Core.ModelFolders;
using ChatLoop.Core.Moderation;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Export;

namespace ChatLoop.Training.Moderation;

/// <summary>Writes a moderation model's folder: whole or not at all.</summary>
internal static class ModerationModelWriter
{
    // The card's table of categories, for programs; not in the manifest, for the model does not compute with it.
    private const string ResultsFile = "results.json";

    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(string folder, ModerationSettings settings, IReadOnlyDictionary<string, Weight> weights, ModerationReport report)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var draft = folder + ".new";
        if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);
        ModerationGraph.Save(Path.Combine(draft, ModerationSettings.ModelFileName), weights);
        settings.Save(draft);
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["seed"] = report.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        var manifest = ModelManifest.Write(draft, ModelManifest.ModerationKind, $"{report.Name}-moderation", report.Created, metadata);
        File.WriteAllText(Path.Combine(draft, "README.md"), ModerationCard.Text(report, manifest));
        File.WriteAllText(Path.Combine(draft, ResultsFile), JsonSerializer.Serialize(report.Categories, Layout) + "\n");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.Move(draft, folder);
    }

    /// <summary>A model's manifest and its results by category; null where there is no model, or one of a time when results were not written.</summary>
    /// <exception cref="StageException">A file is damaged.</exception>
    public static (ModelManifest Manifest, IReadOnlyList<CategoryResult> Results)? ReadResults(string folder)
    {
        var file = Path.Combine(folder, ResultsFile);
        if (!File.Exists(file)) return null;
        try
        {
            return (ModelManifest.Verify(folder, ModelManifest.ModerationKind), JsonSerializer.Deserialize<CategoryResult[]>(File.ReadAllText(file), Layout) ?? []);
        }
        catch (Exception e) when (e is JsonException or ModelFolderException)
        {
            throw new StageException($"{folder} is damaged ({e.Message}): run the stage `moderation` again.", e);
        }
    }
}
