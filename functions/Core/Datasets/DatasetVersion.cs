namespace ChatLoop.Core.Datasets;

/// <summary>An immutable version of the data set.</summary>
/// <param name="Id">16 hexadecimal digits of the hash of MANIFEST.tsv, and so of every file: the same data have the same id.</param>
/// <param name="Files">
/// By path, with forward slashes: `manifest.json` for people and programs, and everything that the trainer reads below `data/`
/// (functions/Training/Data/README.md): `"data": { "folder": "…/data" }` in its recipe.
/// </param>
/// <param name="UserKeys">Of whom there are prompts in it, each as <see cref="UserKey"/>.</param>
public sealed record DatasetVersion(string Id, IReadOnlyDictionary<string, byte[]> Files, DatasetManifest Manifest, IReadOnlyList<string> UserKeys)
{
    public const string ManifestFileName = "manifest.json";

    /// <summary>The folder for the trainer.</summary>
    public const string DataFolder = "data";

    /// <summary>By which a user's versions are found. It names nobody to whoever does not have the salt and the id.</summary>
    public static string UserKey(string userId, string salt) => new Pseudonyms(salt).User(userId);
}
