using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Tests.Cli;

public sealed class RunLockTests : IDisposable
{
    private readonly RunFolder _run = new(Directory.CreateTempSubdirectory("chatloop-").FullName);

    [Fact]
    public void A_folder_has_one_trainer_at_a_time()
    {
        using (new RunLock(_run))
        {
            Assert.Contains("Another trainer works in", Assert.Throws<StageException>(() => new RunLock(_run)).Message, StringComparison.Ordinal);
        }

        new RunLock(_run).Dispose();
    }

    [Fact]
    public void What_cut_off_writes_left_is_cleared_and_nothing_else()
    {
        foreach (var folder in new[] { "pretrain", "chat.0.new", "chat.0.old", "chat" }) Directory.CreateDirectory(Path.Combine(_run.Root, folder));
        foreach (var file in new[] { "pretrain/step-000010.safetensors.new", "pretrain/step-000010.safetensors", "chat.0.new/config.json", "chat/config.json", "stages.json" }) File.WriteAllText(Path.Combine(_run.Root, file), "");
        new RunLock(_run).Dispose();
        Assert.Equal(
            ["chat", "chat/config.json", "pretrain", "pretrain/step-000010.safetensors", "run.lock", "stages.json"],
            Directory.EnumerateFileSystemEntries(_run.Root, "*", SearchOption.AllDirectories).Select(e => Path.GetRelativePath(_run.Root, e).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void In_a_folder_that_no_trainer_has_worked_in_nothing_is_cleared()
    {
        File.WriteAllText(Path.Combine(_run.Root, "letter.new"), "");
        new RunLock(_run).Dispose();
        Assert.True(File.Exists(Path.Combine(_run.Root, "letter.new")));
    }

    public void Dispose() => Directory.Delete(_run.Root, recursive: true);
}
