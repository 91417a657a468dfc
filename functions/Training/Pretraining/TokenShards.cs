using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Metrics;

namespace ChatLoop.Training.Pretraining;

/// <summary>The token shards of a run, read whole: two bytes a token, so that even a billion fit in memory.</summary>
internal sealed record TokenShards(ShardIndex Index, ushort[] Train, ushort[] Val)
{
    /// <exception cref="StageException">A file is missing or damaged; the message names it and the stage that writes it.</exception>
    public static TokenShards Read(string folder)
    {
        var file = Path.Combine(folder, "shards.json");
        if (!File.Exists(file)) throw new StageException($"{file} is missing: run the stage `shards` first.");
        ShardIndex index;
        try
        {
            using var stream = File.OpenRead(file);
            index = JsonSerializer.Deserialize(stream, TrainingJson.Default.ShardIndex) ?? throw new JsonException("it is empty.");
        }
        catch (JsonException e)
        {
            throw new StageException($"{file} is damaged ({e.Message}): run the stage `shards` again.", e);
        }

        return new TokenShards(index, Ids(folder, index.Train), Ids(folder, index.Val));
    }

    private static ushort[] Ids(string folder, Shard shard)
    {
        var file = Path.Combine(folder, shard.File);
        if (!File.Exists(file)) throw new StageException($"{file} is missing: run the stage `shards` again.");
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length != shard.Tokens * sizeof(ushort) || Convert.ToHexStringLower(SHA256.HashData(bytes)) != shard.Sha256)
        {
            throw new StageException($"{file} is damaged (length or hash differ from shards.json): run the stage `shards` again.");
        }

        return MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
    }
}
