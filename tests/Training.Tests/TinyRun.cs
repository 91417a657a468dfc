using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Metrics;
using ChatLoop.Training.Pretraining;
using ChatLoop.Training.Recipes;
using ChatLoop.Training.Tokenization;

namespace ChatLoop.Training.Tests;

/// <summary>A run folder of its own with a tokenizer of bytes and two small sets, deleted in the end.</summary>
internal sealed class TinyRun : IDisposable
{
    public const string Model = """{ "hiddenSize": 32, "intermediateSize": 48, "layers": 2, "heads": 4, "keyValueHeads": 2, "headSize": 8, "maxPositions": 64 }""";

    public TinyRun()
    {
        Folder = new RunFolder(Directory.CreateTempSubdirectory("chatloop-").FullName);
        Directory.CreateDirectory(Folder.Shards);
        Directory.CreateDirectory(Folder.Data);
        TokenizerFile.Write(Folder.TokenizerFile, []);
        var random = new Random(5);
        ushort[] train = [.. Enumerable.Range(0, 4000).Select(i => (ushort)(6 + (i * 7 + random.Next(3)) % 40))];
        ushort[] val = [.. Enumerable.Range(0, 400).Select(i => (ushort)(6 + (i * 7 + random.Next(3)) % 40))];
        var index = new ShardIndex(1, SafeTensorsFile.Hash(Folder.TokenizerFile), 262,
            Shard("pretrain-train.bin", train, [new ShardSet("one", 0, 1000, 1000), new ShardSet("two", 1000, 3000, 3000)]),
            Shard("pretrain-val.bin", val, [new ShardSet("one", 0, 400, 400)]));
        File.WriteAllText(Path.Combine(Folder.Shards, "shards.json"), JsonSerializer.Serialize(index, TrainingJson.Indented.ShardIndex));
    }

    public RunFolder Folder { get; }

    public StageContext Context(string sections, IReporter? reporter = null, int seed = 3)
    {
        var file = Path.Combine(Folder.Root, "recipe.json");
        File.WriteAllText(file, $$"""{ "name": "tiny", {{sections}} }""");
        return new StageContext(Recipe.Load(file, ["data", "pretrain", "sft", "export", "reward", "ppo", "dpo", "eval"]), Folder, reporter ?? new SilentReporter(), seed, "cpu");
    }

    /// <summary>A recipe of 40 steps of 4 × 16 tokens.</summary>
    public static string Pretrain(string more = "") =>
        $$"""
        "pretrain": { "model": {{Model}}, "totalTokens": 2560, "batchRows": 4, "sequenceLength": 16, "validateEvery": 20, "validationRows": 4, "checkpointEvery": 10,
                      "keepCheckpoints": 2, "sampleLength": 4, "schedule": { "peak": 0.01, "warmupSteps": 5, "decayShare": 0.25 } {{more}} }
        """;

    /// <summary>Conversations in which the answer is yes, whatever is asked.</summary>
    public void WriteYesConversations()
    {
        foreach (var (file, count) in new[] { ("sft-train.jsonl", 40), ("sft-val.jsonl", 4) })
        {
            File.WriteAllLines(Path.Combine(Folder.Data, file), Enumerable.Range(0, count).Select(i =>
                $$"""{"source":"test","messages":[{"role":"user","content":"{{(char)('a' + i % 20)}}b"},{"role":"assistant","content":"yes"}]}"""));
        }
    }

    public void Dispose() => Directory.Delete(Folder.Root, recursive: true);

    private Shard Shard(string file, ushort[] ids, ShardSet[] sets)
    {
        var bytes = MemoryMarshal.AsBytes<ushort>(ids).ToArray();
        File.WriteAllBytes(Path.Combine(Folder.Shards, file), bytes);
        return new Shard(file, ids.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), sets);
    }
}
