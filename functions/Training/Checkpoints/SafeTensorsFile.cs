using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using ChatLoop.Training.Cli;
using TorchSharp;

namespace ChatLoop.Training.Checkpoints;

/// <summary>Tensors by name in Hugging Face's safetensors format: header length, JSON header, then raw little-endian numbers. float32 only.</summary>
internal static class SafeTensorsFile
{
    /// <summary>Writes float32 tensors and flushes them to the disk; returns the file's SHA-256 in lower-case hex.</summary>
    public static string Write(string file, IReadOnlyList<(string Name, torch.Tensor Value)> tensors)
    {
        var header = new Dictionary<string, object>();
        long offset = 0;
        foreach (var (name, value) in tensors)
        {
            var bytes = value.numel() * sizeof(float);
            header[name] = new { dtype = "F32", shape = value.shape, data_offsets = new[] { offset, offset + bytes } };
            offset += bytes;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        Array.Resize(ref json, (json.Length + 7) / 8 * 8);
        json.AsSpan().Replace((byte)0, (byte)' ');
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        Put(length);
        Put(json);
        foreach (var (name, value) in tensors)
        {
            if (value.dtype != torch.ScalarType.Float32) throw new ArgumentException($"{name} is {value.dtype}, not float32.", nameof(tensors));
            using var scope = torch.NewDisposeScope();
            Put(value.detach().cpu().contiguous().bytes);
        }

        stream.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            stream.Write(bytes);
        }
    }

    /// <summary>Copies a file's numbers, float32 or float16, into existing tensors of the same names and shapes; the file may hold more.</summary>
    /// <exception cref="StageException">A tensor is missing or has another shape.</exception>
    public static void ReadInto(string file, IEnumerable<(string Name, torch.Tensor Value)> tensors)
    {
        using var stream = File.OpenRead(file);
        Span<byte> length = stackalloc byte[8];
        stream.ReadExactly(length);
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerLength is < 2 or > 100_000_000) throw new StageException($"{file} is no safetensors file.");
        var json = new byte[headerLength];
        stream.ReadExactly(json);
        using var header = JsonDocument.Parse(json);
        using var noGrad = torch.no_grad();
        foreach (var (name, value) in tensors)
        {
            if (!header.RootElement.TryGetProperty(name, out var entry)) throw new StageException($"{file} has no tensor {name}: it was written for another model.");
            var shape = entry.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray();
            if (!shape.SequenceEqual(value.shape))
            {
                throw new StageException($"{file}: {name} is ({string.Join(", ", shape)}), the model's is ({string.Join(", ", value.shape)}): it was written for another model.");
            }

            var type = entry.GetProperty("dtype").GetString() switch
            {
                "F32" => torch.ScalarType.Float32,
                "F16" => torch.ScalarType.Float16,
                var other => throw new StageException($"{file}: {name} is stored as {other}; F32 and F16 are read."),
            };
            using var scope = torch.NewDisposeScope();
            var numbers = torch.empty(shape, type);
            stream.Position = 8 + headerLength + entry.GetProperty("data_offsets")[0].GetInt64();
            stream.ReadExactly(numbers.bytes);
            value.copy_(numbers);
        }
    }

    /// <summary>A file's SHA-256 in lower-case hex.</summary>
    public static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
