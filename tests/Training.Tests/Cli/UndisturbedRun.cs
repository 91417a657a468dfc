using ChatLoop.Training.Checkpoints;

namespace ChatLoop.Training.Tests.Cli;

/// <summary>One run of the tiny recipe that nothing disturbs, for runs that something does to compare with.</summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatloop-").FullName;

    public int Lines { get; private set; }

    internal IReadOnlyDictionary<string, string> Weights { get; private set; } = new Dictionary<string, string>();

    public string RecipeFile => Path.Combine(_folder, "tiny.json");

    public string NewRun() => Path.Combine(_folder, Guid.NewGuid().ToString("N"));

    /// <summary>The finished run, copied for a test to damage.</summary>
    public string Copy()
    {
        var (from, to) = (Path.Combine(_folder, "undisturbed"), NewRun());
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(RecipeFile, TrainerProcess.Recipe);
        var run = Path.Combine(_folder, "undisturbed");
        var (code, lines, error) = await TrainerProcess.TrainAsync(RecipeFile, run);
        if (code != 0) throw new InvalidOperationException($"The undisturbed run ended with {code}: {error}");
        (Lines, Weights) = (lines.Length, WeightsOf(run));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Hashes of the last checkpoints and of all exported weights.</summary>
    internal static IReadOnlyDictionary<string, string> WeightsOf(string run) =>
        new[] { "pretrain", "sft" }.Select(stage => CheckpointFolder.NewestFiles(Path.Combine(run, stage))!.Value.Tensors)
            .Concat([Path.Combine(run, "chat", "model.safetensors"), Path.Combine(run, "chat", "onnx", "model.onnx")])
            .Concat(Directory.EnumerateFiles(Path.Combine(run, "moderation"), "*.onnx"))
            .ToDictionary(f => Path.GetRelativePath(run, f), SafeTensorsFile.Hash);
}
