namespace ChatLoop.Training.Data;

/// <summary>One data set: a folder (or one loose file) of the data folder.</summary>
/// <param name="Name">The folder's name, or the file's without its endings.</param>
internal sealed record DataSet(string Name, string Folder, IReadOnlyList<string> Files)
{
    // Data sets under these names are for tests alone: they are read only to take their texts out of the training data.
    private static readonly string[] HeldOutPrefixes = ["eval-", "modeval-"];

    private static readonly string[] Endings = [".txt", ".jsonl", ".yml", ".tsv", ".csv", ".json"];

    public bool IsHeldOut => HeldOutPrefixes.Any(prefix => Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Its origin and licence as its own note has them, for the model card; empty where it has none.</summary>
    public string Notice => File.Exists(Path.Combine(Folder, "NOTICE.md")) ? File.ReadAllText(Path.Combine(Folder, "NOTICE.md")).Trim() : "";

    /// <summary>A file of the set by its name.</summary>
    public string this[string file] => Path.Combine(Folder, file);

    public static IReadOnlyList<DataSet> Find(string folder)
    {
        var folders = Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
            .Select(set => new DataSet(Path.GetFileName(set), set, [.. Directory.EnumerateFiles(set).Where(IsData).Order(StringComparer.Ordinal)]));
        var loose = Directory.EnumerateFiles(folder).Where(IsData).Order(StringComparer.Ordinal)
            .Select(file => new DataSet(Path.GetFileName(file).Split('.')[0], folder, [file]));
        return [.. folders.Concat(loose).Where(set => set.Files.Count > 0)];
    }

    private static bool IsData(string file) =>
        Endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal) || file.EndsWith(ending + ".gz", StringComparison.Ordinal))
        && !Path.GetFileName(file).StartsWith("LICENSE", StringComparison.Ordinal) && Path.GetFileName(file) != DataManifest.FileName;
}
