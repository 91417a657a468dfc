using ChatLoop.Core.Datasets;

namespace ChatLoop.App.Improvement.Training;

/// <summary>A run and its folder on this machine.</summary>
public sealed record TrainingRun(string RunId, string Folder)
{
    public string RecipeFile => Path.Combine(Folder, "recipe.json");

    /// <summary>The unpacked version of the data set.</summary>
    public string DatasetFolder => Path.Combine(Folder, "dataset");

    public string DataFolder => Path.Combine(DatasetFolder, DatasetVersion.DataFolder);

    /// <summary>What the trainer writes: its run folder.</summary>
    public string WorkFolder => Path.Combine(Folder, "run");
}
