using System.Text.Json;
using ChatLoop.Core.ModelFolders;

namespace ChatLoop.Core.Moderation;

/// <summary>`moderation.json` of a model folder: how the model reads a text, and what its outputs mean.</summary>
/// <param name="Featurizer">How a text becomes the model's input.</param>
/// <param name="Categories">The model's outputs, in order: the categories that it was trained on.</param>
/// <param name="Thresholds">The score from which a category counts as flagged, chosen on the validation texts; a policy may set others.</param>
public sealed record ModerationSettings(FeaturizerSettings Featurizer, IReadOnlyList<string> Categories, IReadOnlyDictionary<string, double> Thresholds)
{
    public const string FileName = "moderation.json";

    public const string ModelFileName = "model.onnx";

    public void Save(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, ModerationJsonContext.Default.ModerationSettings) + "\n");

    /// <exception cref="ModelFolderException">The file is missing, damaged or contradicts itself.</exception>
    public static ModerationSettings Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new ModelFolderException(folder, FileName, "the file is missing; copy the folder whole or export the model again.");
        try
        {
            var settings = JsonSerializer.Deserialize(File.ReadAllText(path), ModerationJsonContext.Default.ModerationSettings);
            return settings?.Fault() is { } fault ? throw new ModelFolderException(folder, FileName, fault) : settings ?? throw new ModelFolderException(folder, FileName, "the file holds null.");
        }
        catch (JsonException e)
        {
            throw new ModelFolderException(folder, FileName, $"damaged: {e.Message}", e);
        }
    }

    private string? Fault()
    {
        if (Featurizer is null || Categories is null || Thresholds is null) return "damaged: featurizer, categories or thresholds is missing.";
        if (Featurizer.Fault() is { } fault) return fault;
        if (Categories.Count == 0 || Categories.Distinct().Count() != Categories.Count) return "categories are empty or named twice.";
        if (Categories.FirstOrDefault(category => !ModerationCategory.All.Contains(category)) is { } unknown) return $"the category '{unknown}' is unknown.";
        return Categories.FirstOrDefault(category => !Thresholds.ContainsKey(category)) is { } without ? $"the category '{without}' has no threshold." : null;
    }
}
