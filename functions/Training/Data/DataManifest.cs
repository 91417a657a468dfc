using System.Security.Cryptography;
using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Data;

/// <summary>MANIFEST.tsv of a folder of data sets: one line a file with its path, sizes and the SHA-256 of its stored bytes.</summary>
internal static class DataManifest
{
    public const string FileName = "MANIFEST.tsv";

    /// <summary>Checks every file that the manifest names, hash by hash.</summary>
    /// <returns>How many files it names; none when there is no manifest, as in a folder of one's own.</returns>
    /// <exception cref="StageException">A file is missing or differs.</exception>
    public static int Check(string folder, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var manifest = Path.Combine(folder, FileName);
        if (!File.Exists(manifest)) return 0;
        var lines = File.ReadAllLines(manifest);
        var columns = lines[0].Split('\t');
        var (path, hash) = (Array.IndexOf(columns, "path"), Array.IndexOf(columns, "sha256"));
        if (path < 0 || hash < 0) throw new StageException($"{manifest}: the first line must name the columns path and sha256.");
        for (var i = 1; i < lines.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fields = lines[i].Split('\t');
            if (fields.Length != columns.Length) throw new StageException($"{manifest}, line {i + 1}: {fields.Length} columns instead of {columns.Length}.");
            var file = Path.Combine(folder, fields[path]);
            if (!File.Exists(file)) throw new StageException($"{file} is missing, though {DataManifest.FileName} names it.");
            using var stream = File.OpenRead(file);
            if (!Convert.ToHexStringLower(SHA256.HashData(stream)).Equals(fields[hash], StringComparison.OrdinalIgnoreCase))
            {
                throw new StageException($"{file} is not the file that {DataManifest.FileName} describes (its SHA-256 differs): fetch it again.");
            }

            progress(i, lines.Length - 1);
        }

        return lines.Length - 1;
    }
}
