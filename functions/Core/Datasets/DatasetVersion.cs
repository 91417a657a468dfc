namespace ChatLoop.Core.Datasets;

/// <summary>An immutable version of the data set.</summary>
/// <param name="Id">16 hexadecimal digits of the hash of MANIFEST.tsv, and so of every file: the same data have the same id.</param>
/// <param name="Files">
/// By path, with forward slashes: `manifest.json` for people and programs, and everything that the trainer reads below `data/`
/// (functions/Training/Data/README.md): `"data": { "folder": "…/data" }` in its recipe.
/// </param>
public sealed record DatasetVersion(string Id, IReadOnlyDictionary<string, byte[]> Files, DatasetManifest Manifest)
{
    public const string ManifestFileName = "manifest.json";

    /// <summary>The folder for the trainer.</summary>
    public const string DataFolder = "data";
}
