using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Data;

/// <summary>Reads text and JSONL files, plain or in gzip; a damaged record is an error that names its file and line.</summary>
internal static class JsonLines
{
    public static IEnumerable<JsonElement> Read(string file)
    {
        using var reader = Open(file);
        for (var number = 1; ReadLine(reader, file) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            JsonElement record;
            try
            {
                record = JsonElement.Parse(line);
            }
            catch (JsonException e)
            {
                throw new StageException($"{file}, line {number}: not a JSON record ({e.Message}). Mend or delete the line.", e);
            }

            yield return record;
        }
    }

    public static string ReadText(string file)
    {
        using var reader = Open(file);
        try
        {
            return reader.ReadToEnd();
        }
        catch (InvalidDataException e)
        {
            throw new StageException($"{file} is damaged: {e.Message}", e);
        }
    }

    /// <summary>A text field of a record.</summary>
    /// <exception cref="StageException">The field is missing or is no text.</exception>
    public static string Text(this JsonElement record, string field) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new StageException($"A record lacks the text field '{field}': {Start(record)}");

    private static string Start(JsonElement record) => record.GetRawText() is { Length: > 120 } long_ ? long_[..120] + "…" : record.GetRawText();

    private static string? ReadLine(StreamReader reader, string file)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw new StageException($"{file} is damaged: {e.Message}", e);
        }
    }

    private static StreamReader Open(string file)
    {
        Stream stream = File.OpenRead(file);
        if (file.EndsWith(".gz", StringComparison.Ordinal)) stream = new GZipStream(stream, CompressionMode.Decompress);
        return new StreamReader(stream, Encoding.UTF8);
    }
}
