using System.Security.Cryptography;
using System.Text.Json;

namespace ChatLoop.Core.ModelFolders;

/// <summary>
/// `manifest.json` of a model folder: what the folder is, and the hash of every file that the model computes with. The
/// model card (`README.md`) is not among them, so that its words may be mended without another export.
/// </summary>
/// <param name="FormatVersion">1.</param>
/// <param name="Kind">`chat`, `moderation` or `reward`.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Created">When it was exported.</param>
/// <param name="Files">By path from the folder's root, with forward slashes.</param>
/// <param name="Metadata">What else a reader of this kind needs.</param>
public sealed record ModelManifest(
    int FormatVersion,
    string Kind,
    string Name,
    DateTimeOffset Created,
    IReadOnlyDictionary<string, ManifestFile> Files,
    IReadOnlyDictionary<string, string> Metadata)
{
    public const string FileName = "manifest.json";

    public const string ChatKind = "chat";

    public const string ModerationKind = "moderation";

    public const string RewardKind = "reward";

    private const int CurrentVersion = 1;

    /// <summary>Hashes every file below <paramref name="folder"/> and writes the manifest beside them.</summary>
    public static ModelManifest Write(string folder, string kind, string name, DateTimeOffset created, IReadOnlyDictionary<string, string> metadata)
    {
        var files = new SortedDictionary<string, ManifestFile>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (relative is FileName or "README.md") continue;
            files[relative] = new ManifestFile(Hash(path), new FileInfo(path).Length);
        }

        var manifest = new ModelManifest(CurrentVersion, kind, name, created, files, metadata);
        using var stream = File.Create(Path.Combine(folder, FileName));
        JsonSerializer.Serialize(stream, manifest, ManifestJsonContext.Default.ModelManifest);
        stream.WriteByte((byte)'\n');
        return manifest;
    }

    /// <summary>Reads a folder's manifest and checks every file against it.</summary>
    /// <exception cref="ModelFolderException">The folder, its manifest or a file is missing, damaged or of another kind.</exception>
    public static ModelManifest Verify(string folder, string kind)
    {
        if (!Directory.Exists(folder)) throw new ModelFolderException($"There is no model folder {folder}: train and export one, or set the model path.");
        var manifest = Read(folder);
        if (manifest.FormatVersion != CurrentVersion)
        {
            throw new ModelFolderException(folder, FileName, $"format version {manifest.FormatVersion} is unknown; this build reads version {CurrentVersion}.");
        }

        if (manifest.Kind != kind) throw new ModelFolderException(folder, FileName, $"the folder holds a model of kind '{manifest.Kind}', where '{kind}' is needed.");
        foreach (var (relative, expected) in manifest.Files) VerifyFile(folder, relative, expected);
        return manifest;
    }

    private static ModelManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new ModelFolderException(folder, FileName, "the file is missing; export the model again.");
        ModelManifest? manifest;
        try
        {
            using var stream = File.OpenRead(path);
            manifest = JsonSerializer.Deserialize(stream, ManifestJsonContext.Default.ModelManifest);
        }
        catch (JsonException e)
        {
            throw new ModelFolderException(folder, FileName, $"damaged: {e.Message}", e);
        }

        if (manifest is not { Kind: not null, Name: not null, Files: not null, Metadata: not null } || manifest.Files.Values.Any(f => f?.Sha256 is null))
        {
            throw new ModelFolderException(folder, FileName, "damaged: kind, name, files or metadata is missing.");
        }

        return manifest;
    }

    private static void VerifyFile(string folder, string relative, ManifestFile expected)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, relative));
        if (!path.StartsWith(root, StringComparison.Ordinal)) throw new ModelFolderException(folder, FileName, $"names '{relative}', which lies outside the folder.");
        if (!File.Exists(path)) throw new ModelFolderException(folder, relative, "the file is missing; copy the folder whole or export the model again.");
        var length = new FileInfo(path).Length;
        if (length != expected.Bytes) throw new ModelFolderException(folder, relative, $"damaged: {length} bytes where the manifest says {expected.Bytes}; copy or export it again.");
        if (!string.Equals(Hash(path), expected.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelFolderException(folder, relative, "damaged: its SHA-256 differs from the manifest's; copy or export it again.");
        }
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
