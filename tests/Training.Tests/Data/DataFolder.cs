using System.IO.Compression;
using System.Text.Json;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;
using ChatLoop.Training.Recipes;

namespace ChatLoop.Training.Tests.Data;

/// <summary>A folder of data sets and a run folder beside it, deleted in the end.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("chatloop-data-").FullName;

    public DataFolder() => Directory.CreateDirectory(Sets);

    public string Sets => Path.Combine(_root, "sets");

    public RunFolder Run => new(Path.Combine(_root, "run"));

    /// <summary>Writes a file of a set; in gzip where its name ends so.</summary>
    public string Write(string path, params string[] lines)
    {
        var file = Path.Combine(Sets, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var text = string.Join('\n', lines) + "\n";
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            File.WriteAllText(file, text);
            return file;
        }

        using var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest));
        writer.Write(text);
        return file;
    }

    public DataSet Set(string name) => DataSet.Find(Sets).Single(set => set.Name == name);

    public StageContext Context(string options = "")
    {
        var file = Path.Combine(_root, "recipe.json");
        var folder = JsonSerializer.Serialize(Sets);
        File.WriteAllText(file, $$"""{ "data": { "folder": {{folder}} {{options}} }, "tokenizer": { "vocabularySize": 300 } }""");
        return new StageContext(Recipe.Load(file, ["data", "tokenizer", "shards"]), Run, new SilentReporter(), 1, "cpu");
    }

    /// <summary>Runs the stage and reads what it wrote.</summary>
    public async Task<DataReport> ReadAsync(string options = "")
    {
        await new DataStage().RunAsync(Context(options), CancellationToken.None);
        return JsonSerializer.Deserialize(await File.ReadAllTextAsync(Path.Combine(Run.Data, DataStage.ReportFile)), DataJson.Indented.DataReport)!;
    }

    public string[] Texts(string set, params Split[] splits) => [.. Splits(splits).SelectMany(s => TextSplit.Read(Run.Data, s)).Where(d => d.Set == set).Select(d => d.Text)];

    public Conversation[] Conversations(string set, params Split[] splits) => [.. Splits(splits).SelectMany(s => ConversationSplit.Read(Run.Data, s)).Where(c => c.Source == set)];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static Split[] Splits(Split[] splits) => splits.Length > 0 ? splits : [Split.Train, Split.Val];
}
