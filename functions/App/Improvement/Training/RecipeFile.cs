using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatLoop.App.Improvement.Training;

/// <summary>Writes a run's recipe: the one of the settings with this run's data and base model in it.</summary>
internal static class RecipeFile
{
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true };

    /// <exception cref="TrainingSetupException">The recipe is no JSON object.</exception>
    public static string Of(string recipe, string file, string dataFolder, string baseModel)
    {
        try
        {
            if (JsonNode.Parse(recipe, documentOptions: Reading) is not JsonObject root)
                throw new TrainingSetupException($"Recipe {file} must hold one JSON object.");
            Section(root, "data")["folder"] = dataFolder;
            Section(root, "base")["model"] = baseModel;
            return root.ToJsonString(Writing);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TrainingSetupException($"Recipe {file} is no valid JSON: {e.Message}", e);
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
}
