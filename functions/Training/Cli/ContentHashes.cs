using System.Security.Cryptography;
using System.Text;
using ChatLoop.Training.Checkpoints;

namespace ChatLoop.Training.Cli;

/// <summary>SHA-256 of files and of whole folders; each file is read once per sitting unless it was written since.</summary>
internal sealed class ContentHashes(RunFolder run)
{
    private const string Missing = "missing";

    private readonly Dictionary<string, (long Length, DateTime Written, string Hash)> _known = [];

    /// <summary>Hashes by path: relative within the run folder and the trainer's own, which may be moved, and full elsewhere.</summary>
    public IReadOnlyDictionary<string, string> Of(IEnumerable<string> paths) =>
        new SortedDictionary<string, string>(paths.Distinct().ToDictionary(Label, Hash), StringComparer.Ordinal);

    private string Label(string path)
    {
        return Below(run.Root, "") ?? Below(AppContext.BaseDirectory, "trainer:") ?? Path.GetFullPath(path);

        string? Below(string root, string mark)
        {
            var relative = Path.GetRelativePath(root, path);
            return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : mark + relative.Replace('\\', '/');
        }
    }

    private string Hash(string path)
    {
        if (File.Exists(path)) return HashOfFile(path);
        if (!Directory.Exists(path)) return Missing;
        var files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(RunLock.Draft, StringComparison.Ordinal))
            .Select(f => $"{Path.GetRelativePath(path, f).Replace('\\', '/')} {HashOfFile(f)}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files.Order(StringComparer.Ordinal)))));
    }

    private string HashOfFile(string file)
    {
        var (length, written) = (new FileInfo(file).Length, File.GetLastWriteTimeUtc(file));
        if (_known.TryGetValue(file, out var known) && known.Length == length && known.Written == written) return known.Hash;
        var hash = SafeTensorsFile.Hash(file);
        _known[file] = (length, written, hash);
        return hash;
    }
}
