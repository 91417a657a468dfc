using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatLoop.Training.Export;

/// <summary>
/// The safetensors format (huggingface.co/docs/safetensors): the header's length as a 64-bit little-endian number, a JSON
/// header padded with spaces to eight bytes, then the tensors' bytes in the header's order.
/// </summary>
internal static class WeightsFile
{
    public static void Write(string path, IReadOnlyDictionary<string, Weight> weights, WeightFormat format)
    {
        var (type, size) = format == WeightFormat.Float16 ? ("F16", 2) : ("F32", 4);
        var header = new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        long offset = 0;
        foreach (var (name, weight) in weights)
        {
            var end = offset + weight.Values.LongLength * size;
            header[name] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = new JsonArray([.. weight.Shape.Select(n => (JsonNode)n)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var padded = (json.Length + 7) / 8 * 8;
        using var stream = File.Create(path);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        stream.Write(length);
        stream.Write(json);
        for (var i = json.Length; i < padded; i++) stream.WriteByte((byte)' ');
        foreach (var weight in weights.Values) stream.Write(weight.ToBytes(format));
    }
}
