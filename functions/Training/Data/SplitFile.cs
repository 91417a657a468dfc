using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Data;

/// <summary>One split as JSONL, written beside its place and moved there whole.</summary>
internal sealed class SplitFile<T>(string file, JsonTypeInfo<T> type) : IDisposable
{
    private readonly StreamWriter _writer = new(file + ".new", append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };

    public void Add(T record) => _writer.WriteLine(JsonSerializer.Serialize(record, type));

    public void Finish()
    {
        _writer.Dispose();
        File.Move(file + ".new", file, overwrite: true);
    }

    public void Dispose() => _writer.Dispose();
}

/// <summary>Reads what <see cref="SplitFile{T}"/> wrote.</summary>
internal static class SplitFile
{
    public static IEnumerable<T> Read<T>(string file, JsonTypeInfo<T> type)
    {
        if (!File.Exists(file)) throw new StageException($"{file} is missing: run the stage `data` first.");
        return File.ReadLines(file).Select((line, i) =>
        {
            try
            {
                return JsonSerializer.Deserialize(line, type) ?? throw new JsonException("it is empty.");
            }
            catch (JsonException e)
            {
                throw new StageException($"{file}, line {i + 1}, is damaged ({e.Message}): run the stage `data` again.", e);
            }
        });
    }
}
