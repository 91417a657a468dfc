using ChatLoop.Core.ModelFolders;
using ChatLoop.Core.Moderation;
using ChatLoop.Training.Export;

namespace ChatLoop.Training.Moderation;

/// <summary>Writes a moderation model's folder: whole or not at all.</summary>
internal static class ModerationModelWriter
{
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
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.Move(draft, folder);
    }
}
