using Microsoft.Extensions.Options;

namespace ChatLoop.App.Improvement.Training;

/// <summary>Where the trainer, its recipes and the run folders are.</summary>
public sealed class TrainerFiles(IOptions<ImprovementOptions> options)
{
    private const string Assembly = "ChatLoop.Training.dll";

    /// <exception cref="TrainingSetupException">There is none.</exception>
    internal string Trainer()
    {
        var path = options.Value.TrainerPath.Length > 0
            ? Path.Combine(AppContext.BaseDirectory, options.Value.TrainerPath)
            : Candidates().Where(File.Exists).MaxBy(File.GetLastWriteTimeUtc);
        return path is not null && File.Exists(path)
            ? path
            : throw new TrainingSetupException($"There is no trainer{(path is null ? "" : $" {path}")}: build it with `dotnet build functions/Training`, or set Improvement:TrainerPath to {Assembly}.");
    }

    /// <param name="name">Of a recipe beside the one of the settings; null for that one.</param>
    /// <exception cref="TrainingSetupException">There is none.</exception>
    internal string Recipe(string? name)
    {
        var standard = options.Value.RecipePath.Length > 0
            ? Path.Combine(AppContext.BaseDirectory, options.Value.RecipePath)
            : Path.Combine(Path.GetDirectoryName(Trainer())!, "Recipes", "improve.json");
        var path = name is null ? standard : Path.Combine(Path.GetDirectoryName(standard)!, $"{name}.json");
        return File.Exists(path) ? path : throw new TrainingSetupException($"There is no recipe {path}: set Improvement:RecipePath, or name a recipe that lies there.");
    }

    internal TrainingRun Run(string runId) => new(runId, Path.Combine(RunsFolder(), runId));

    private string RunsFolder()
    {
        if (options.Value.RunsPath.Length > 0)
            return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, options.Value.RunsPath));
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "chatloop", "runs");
    }

    private static IEnumerable<string> Candidates()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "trainer", Assembly);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var bin = Path.Combine(folder.FullName, "functions", "Training", "bin");
            if (!Directory.Exists(bin))
                continue;
            foreach (var built in Directory.EnumerateFiles(bin, Assembly, SearchOption.AllDirectories))
                yield return built;
        }
    }
}
