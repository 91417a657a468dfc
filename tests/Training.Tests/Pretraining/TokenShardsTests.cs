using ChatLoop.Training.Cli;
using ChatLoop.Training.Pretraining;

namespace ChatLoop.Training.Tests.Pretraining;

public sealed class TokenShardsTests
{
    [Fact]
    public void Missing_and_damaged_files_are_named_with_the_stage_that_writes_them()
    {
        using var run = new TinyRun();
        Assert.Equal(4000, TokenShards.Read(run.Folder.Shards).Train.Length);

        var shard = Path.Combine(run.Folder.Shards, "pretrain-val.bin");
        var bytes = File.ReadAllBytes(shard);
        bytes[7] ^= 4;
        File.WriteAllBytes(shard, bytes);
        Assert.Contains("pretrain-val.bin is damaged", Message(run), StringComparison.Ordinal);
        File.Delete(shard);
        Assert.Contains("pretrain-val.bin is missing", Message(run), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(run.Folder.Shards, "shards.json"), "{");
        Assert.Contains("shards.json is damaged", Message(run), StringComparison.Ordinal);
        File.Delete(Path.Combine(run.Folder.Shards, "shards.json"));
        Assert.Contains("run the stage `shards` first", Message(run), StringComparison.Ordinal);
    }

    private static string Message(TinyRun run) => Assert.Throws<StageException>(() => TokenShards.Read(run.Folder.Shards)).Message;
}
