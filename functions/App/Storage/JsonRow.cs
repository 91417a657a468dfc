using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;

namespace ChatLoop.App.Storage;

/// <summary>
/// A record as one table row: its JSON, compressed, in as many binary properties as it takes. One row changes as a whole under its
/// ETag, which no text in a blob beside it would.
/// </summary>
internal static class JsonRow
{
    private const string Prefix = "Json";

    /// <summary>A binary property takes 64 KiB, a row 1 MiB: a little is left for keys and the columns that are searched.</summary>
    private const int ChunkBytes = 64 * 1024;
    private const int MostChunks = 15;

    /// <exception cref="InvalidOperationException">The record is larger than a row.</exception>
    public static TableEntity Of<T>(string partition, string row, T record, JsonTypeInfo<T> type)
    {
        using var packed = new MemoryStream();
        using (var zip = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(zip, record, type);
        var bytes = packed.ToArray();
        var chunks = bytes.Chunk(ChunkBytes).ToArray();
        if (chunks.Length > MostChunks)
            throw new InvalidOperationException($"Row {row} would take {bytes.Length} bytes; a table row holds {MostChunks * ChunkBytes}.");
        var entity = new TableEntity(partition, row);
        foreach (var (index, chunk) in chunks.Index())
            entity[$"{Prefix}{index:00}"] = chunk;
        return entity;
    }

    public static T Read<T>(TableEntity entity, JsonTypeInfo<T> type)
    {
        using var packed = new MemoryStream();
        for (var index = 0; entity.GetBinary($"{Prefix}{index:00}") is { } chunk; index++)
            packed.Write(chunk);
        packed.Position = 0;
        using var zip = new BrotliStream(packed, CompressionMode.Decompress);
        return JsonSerializer.Deserialize(zip, type) ?? throw new InvalidOperationException($"Row {entity.PartitionKey}/{entity.RowKey} holds no record.");
    }
}
