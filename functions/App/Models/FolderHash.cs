using System.Security.Cryptography;
using System.Text;
using ChatLoop.Core.ModelFolders;

namespace ChatLoop.App.Models;

/// <summary>Hashes of a folder's files, and of the folder as a whole.</summary>
internal static class FolderHash
{
    private const int Length = 16;

    public static async Task<IReadOnlyDictionary<string, ManifestFile>> FilesAsync(string folder, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, ManifestFile>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            files[Path.GetRelativePath(folder, path).Replace('\\', '/')] = await FileAsync(path, cancellationToken);
        return files;
    }

    public static string Of(IReadOnlyDictionary<string, ManifestFile> files)
    {
        var table = string.Concat(files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key}\t{file.Value.Bytes}\t{file.Value.Sha256}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(table)))[..Length];
    }

    public static bool IsWellFormed(string hash) => hash.Length == Length && hash.All(c => c is >= '0' and <= '9' or >= 'a' and <= 'f');

    /// <exception cref="ModelFolderException">A file is missing or is not the one of the hash.</exception>
    public static async Task CheckAsync(string folder, IReadOnlyDictionary<string, ManifestFile> files, CancellationToken cancellationToken)
    {
        foreach (var (file, expected) in files)
        {
            var path = PathOf(folder, file);
            if (!File.Exists(path))
                throw new ModelFolderException(folder, file, "the file is missing.");
            if (await FileAsync(path, cancellationToken) != expected)
                throw new ModelFolderException(folder, file, "damaged: its SHA-256 is not the one of the model store.");
        }
    }

    /// <exception cref="ModelFolderException">The file would lie outside the folder.</exception>
    public static string PathOf(string folder, string file)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, file));
        return path.StartsWith(root, StringComparison.Ordinal) ? path : throw new ModelFolderException(folder, file, "the name leads out of the folder.");
    }

    private static async Task<ManifestFile> FileAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return new ManifestFile(Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)), stream.Length);
    }
}
