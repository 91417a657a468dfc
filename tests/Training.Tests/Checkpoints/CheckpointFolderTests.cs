using System.Text.Json.Nodes;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Modeling;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatloop-").FullName;

    [Fact]
    public void Newest_is_the_last_one_written_and_only_those_to_keep_stay()
    {
        var folder = new CheckpointFolder(_folder, keep: 2);
        foreach (var step in new[] { 5, 10, 15 }) Write(folder, step);
        Assert.Equal([10, 15], folder.Steps);
        Assert.Equal(4, Directory.GetFiles(_folder).Length);
        Assert.Equal(15, folder.Newest(passOverDamaged: false)!.Step);
        Assert.Equal("""{"drawn":15}""", folder.Newest(passOverDamaged: false)!.Cursor.ToJsonString());
    }

    [Fact]
    public void An_empty_folder_has_none() => Assert.Null(new CheckpointFolder(_folder, keep: 2).Newest(passOverDamaged: false));

    [Fact]
    public void A_write_that_was_cut_off_leaves_no_checkpoint()
    {
        var folder = new CheckpointFolder(_folder, keep: 2);
        Write(folder, 5);
        File.WriteAllText(folder.TensorFile(10) + ".new", "half");
        File.WriteAllText(folder.TensorFile(12), "whole tensors, no state yet");
        Assert.Equal(5, folder.Newest(passOverDamaged: false)!.Step);
    }

    [Fact]
    public void Damaged_state_and_missing_tensors_are_named()
    {
        var folder = new CheckpointFolder(_folder, keep: 3);
        foreach (var step in new[] { 5, 10, 15 }) Write(folder, step);
        File.WriteAllText(folder.StateFile(15), "{ \"step\": ");
        Assert.Contains("step-000015.json is damaged", Assert.Throws<StageException>(() => folder.Newest(passOverDamaged: false)).Message, StringComparison.Ordinal);
        File.Delete(folder.TensorFile(10));
        Assert.Equal(5, folder.Newest(passOverDamaged: true)!.Step);
        File.Delete(folder.TensorFile(5));
        Assert.Contains("Every checkpoint", Assert.Throws<StageException>(() => folder.Newest(passOverDamaged: true)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Write(CheckpointFolder folder, long step)
    {
        using var scope = NewDisposeScope();
        var state = new Checkpoint
        {
            Step = step, Tokens = 0, TotalSteps = 20, Seed = 1, Model = new LlamaConfig(), TokenizerSha256 = "t", TensorsSha256 = "", Cursor = new JsonObject { ["drawn"] = step },
        };
        folder.Write(state, [("w", full(3, (float)step))]);
    }
}
