using System.Text.Json;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Training.Rewards;

/// <summary>What `reward.json` says of the tensors beside it.</summary>
internal sealed record RewardFile(LlamaConfig Model, double Gain, double Bias, string TokenizerSha256, string TensorsSha256)
{
    private const string FileName = "reward.json";

    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string TensorFile(string folder) => Path.Combine(folder, "reward.safetensors");

    /// <summary>The files that make a reward model, whether they are there or not.</summary>
    public static IReadOnlyList<string> FilesOf(string folder) => [Path.Combine(folder, FileName), TensorFile(folder)];

    public void Write(string folder)
    {
        var file = Path.Combine(folder, FileName);
        using (var stream = new FileStream(file + ".new", FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(stream, this, Layout);
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file, overwrite: true);
    }

    /// <exception cref="StageException">The model is not there, or its files are damaged.</exception>
    public static RewardFile Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file) || !File.Exists(TensorFile(folder))) throw new StageException($"There is no reward model in {folder}: run the stage `reward` first.");
        try
        {
            var read = JsonSerializer.Deserialize<RewardFile>(File.ReadAllText(file), Layout) ?? throw new StageException($"{file} is empty: run the stage again.");
            if (SafeTensorsFile.Hash(TensorFile(folder)) == read.TensorsSha256) return read;
            throw new StageException($"{TensorFile(folder)} is damaged: its hash is not the one in {FileName}. Run the stage again.");
        }
        catch (JsonException e)
        {
            throw new StageException($"{file} is damaged ({e.Message}): run the stage again.", e);
        }
    }
}
