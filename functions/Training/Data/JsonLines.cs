using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Data;

/// <summary>Reads text and JSONL files, plain or in gzip; a damaged record is an error that names its file and line.</summary>
internal static class JsonLines
{
    public static IEnumerable<JsonRecord> Read(string file)
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

            yield return new JsonRecord(record, file, number);
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
