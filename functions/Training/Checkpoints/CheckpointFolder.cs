using System.Globalization;
using System.Text.Json;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Metrics;
using TorchSharp;

namespace ChatLoop.Training.Checkpoints;

/// <summary>
/// Checkpoints as pairs `step-000120.safetensors` (weights, then optimiser) and `step-000120.json`. The JSON is written
/// last and holds the tensors' hash, each file is flushed and then renamed into place: a checkpoint is there whole or not at all.
/// </summary>
internal sealed class CheckpointFolder(string folder, int keep)
{
    public string Folder { get; } = folder;

    /// <summary>Steps of the checkpoints that are there, oldest first.</summary>
    public IReadOnlyList<long> Steps =>
        Directory.Exists(Folder)
            ? [.. Directory.EnumerateFiles(Folder, "step-*.json").Select(f => long.Parse(Path.GetFileNameWithoutExtension(f).AsSpan(5), CultureInfo.InvariantCulture)).Order()]
            : [];

    public string TensorFile(long step) => Path.Combine(Folder, $"step-{step:D6}.safetensors");

    public string StateFile(long step) => Path.Combine(Folder, $"step-{step:D6}.json");

    /// <summary>The newest checkpoint's two files, unchecked; null where there is no checkpoint.</summary>
    public static (string State, string Tensors)? NewestFiles(string folder)
    {
        var checkpoints = new CheckpointFolder(folder, keep: 1);
        return checkpoints.Steps is [.., var last] ? (checkpoints.StateFile(last), checkpoints.TensorFile(last)) : null;
    }

    /// <summary>Writes a checkpoint and deletes the oldest beyond those to keep.</summary>
    public void Write(Checkpoint checkpoint, IReadOnlyList<(string Name, torch.Tensor Value)> tensors)
    {
        Directory.CreateDirectory(Folder);
        var (tensorFile, stateFile) = (TensorFile(checkpoint.Step), StateFile(checkpoint.Step));
        try
        {
            var hash = SafeTensorsFile.Write(tensorFile + ".new", tensors);
            File.Move(tensorFile + ".new", tensorFile, overwrite: true);
            using (var stream = new FileStream(stateFile + ".new", FileMode.Create, FileAccess.Write))
            {
                JsonSerializer.Serialize(stream, checkpoint with { TensorsSha256 = hash }, TrainingJson.Indented.Checkpoint);
                stream.Flush(flushToDisk: true);
            }

            File.Move(stateFile + ".new", stateFile, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException) // the last is .NET's name for EFBIG
        {
            // On a full disk the half file takes the room that the user is about to make.
            File.Delete(tensorFile + ".new");
            File.Delete(stateFile + ".new");
            throw new StageException($"The checkpoint of step {checkpoint.Step} could not be written to {Folder} ({e.Message}): make room and run the same command; training goes on from {(Steps.Count > 0 ? $"step {Steps[^1]}" : "its start")}.", e);
        }

        foreach (var old in Steps.SkipLast(keep).Where(s => s != checkpoint.Step))
        {
            File.Delete(StateFile(old));
            File.Delete(TensorFile(old));
        }
    }

    /// <summary>The newest checkpoint, its hash checked; null when there is none.</summary>
    /// <param name="passOverDamaged">Whether a damaged checkpoint may give way to the one before it.</param>
    /// <exception cref="StageException">The newest checkpoint is damaged and may not be passed over, or all are.</exception>
    public Checkpoint? Newest(bool passOverDamaged, IReporter? reporter = null)
    {
        var steps = Steps;
        foreach (var step in steps.Reverse())
        {
            if (Damage(step, out var checkpoint) is not { } damage) return checkpoint;
            if (!passOverDamaged)
            {
                throw new StageException($"{damage} Set \"passOverDamaged\": true in the recipe's section to go on from the checkpoint before it, or delete it.");
            }

            reporter?.Line(damage + " Passed over.");
        }

        return steps.Count == 0 ? null : throw new StageException($"Every checkpoint in {Folder} is damaged: delete them to start afresh.");
    }

    /// <summary>Reads one checkpoint's state; says in one sentence what is wrong with it, or null.</summary>
    private string? Damage(long step, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        var (tensorFile, stateFile) = (TensorFile(step), StateFile(step));
        try
        {
            using var stream = File.OpenRead(stateFile);
            checkpoint = JsonSerializer.Deserialize(stream, TrainingJson.Indented.Checkpoint);
        }
        catch (JsonException e)
        {
            return $"Checkpoint {stateFile} is damaged: {e.Message}";
        }

        if (checkpoint is null) return $"Checkpoint {stateFile} is damaged: it is empty.";
        if (checkpoint.FormatVersion != Checkpoint.CurrentFormat) return $"Checkpoint {stateFile} has format {checkpoint.FormatVersion}, this trainer reads {Checkpoint.CurrentFormat}.";
        if (!File.Exists(tensorFile)) return $"Checkpoint {tensorFile} is missing.";
        return SafeTensorsFile.Hash(tensorFile) == checkpoint.TensorsSha256 ? null : $"Checkpoint {tensorFile} is damaged: its hash is not the one written beside it.";
    }
}
