using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatLoop.Core.Privacy;

namespace ChatLoop.Core.Datasets;

/// <summary>The bytes of a version's files.</summary>
internal static class DatasetWriter
{
    /// <param name="kept">In the order in which they are written.</param>
    public static DatasetVersion Write(
        DatasetItem[] kept, DatasetOptions options, Pseudonyms pseudonyms, LeftOut leftOut, DatasetAgreement agreement, IReadOnlyDictionary<PersonalDataKind, int> masked)
    {
        var bytes = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var files = new SortedDictionary<string, DatasetFile>(StringComparer.Ordinal);
        foreach (var (path, text, records) in Texts(kept, options, pseudonyms))
        {
            var file = Encoding.UTF8.GetBytes(text);
            bytes[$"{DatasetVersion.DataFolder}/{path}"] = file;
            files[path] = new DatasetFile(records, file.Length, Hash(file));
        }

        var table = Encoding.UTF8.GetBytes("path\tbytes\tsha256\n" + string.Concat(files.Select(file => $"{file.Key}\t{file.Value.Bytes}\t{file.Value.Sha256}\n")));
        bytes[$"{DatasetVersion.DataFolder}/MANIFEST.tsv"] = table;
        string[] users = [.. kept.Select(item => item.UserId).Distinct().Select(pseudonyms.User).Order(StringComparer.Ordinal)];
        var manifest = new DatasetManifest(DatasetManifest.CurrentFormat, Hash(table)[..16], options.Name, options.Created, options.Licence, files, users.Length, leftOut, agreement, masked);
        bytes[DatasetVersion.ManifestFileName] = [.. JsonSerializer.SerializeToUtf8Bytes(manifest, DatasetJsonContext.Indented.DatasetManifest), (byte)'\n'];
        return new DatasetVersion(manifest.Id, bytes, manifest, users);
    }

    private static IEnumerable<(string Path, string Text, int Records)> Texts(DatasetItem[] kept, DatasetOptions options, Pseudonyms pseudonyms)
    {
        foreach (var folder in kept.GroupBy(item => $"{(pseudonyms.Share("user:" + item.UserId) < options.HeldOutShare ? "eval" : item.Prefix)}-{options.Name}"))
        {
            foreach (var file in folder.GroupBy(item => item.File))
            {
                string[] lines = [.. file.SelectMany(item => item.Lines)];
                yield return ($"{folder.Key}/{file.Key}", string.Concat(lines.Select(line => line + "\n")), lines.Length);
            }

            yield return ($"{folder.Key}/NOTICE.md", $"Judgements of users and labelers of this deployment, personal data masked. Licence: {options.Licence}\n", 0);
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
