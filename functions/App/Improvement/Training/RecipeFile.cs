using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatLoop.App.Improvement.Training;

/// <summary>Writes a run's recipe: the one of the settings with this run's data, base model and name, and with the app's own models for judge and moderation.</summary>
internal static class RecipeFile
{
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true };

    /// <param name="file">Where the recipe is from, for messages.</param>
    /// <exception cref="TrainingSetupException">The recipe is no JSON object of sections.</exception>
    public static string Of(string recipe, string file, TrainingRun run, string baseModel, ImprovementOptions options)
    {
        try
        {
            if (JsonNode.Parse(recipe, documentOptions: Reading) is not JsonObject root)
                throw new TrainingSetupException($"Recipe {file} must hold one JSON object.");
            Section(root, "data")["folder"] = run.DataFolder;
            Section(root, "base")["model"] = baseModel;
            // A recipe that trains its own judge goes on doing so.
            if (options.JudgeModelPath.Length > 0 && root["judge"]?["model"]?.GetValue<string>() is { Length: > 0 })
                root["judge"]!["model"] = InApp(options.JudgeModelPath);
            if (options.ModerationModelPath.Length > 0 && root["eval"] is JsonObject eval)
                eval["moderation"] = InApp(options.ModerationModelPath);
            // Answers bear their model's name: each version has one of its own.
            var name = root["name"]?.GetValue<string>() ?? Path.GetFileNameWithoutExtension(file);
            if (root["export"] is JsonObject export && export["name"] is null)
                export["name"] = $"{name}-{run.RunId[..8]}";
            return root.ToJsonString(Writing);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TrainingSetupException($"Recipe {file} cannot be read: {e.Message}", e);
        }
    }

    private static JsonObject Section(JsonObject root, string name)
    {
        if (root[name] is JsonObject section)
            return section;
        var added = new JsonObject();
        root[name] = added;
        return added;
    }

    private static string InApp(string path) => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, path));
}
