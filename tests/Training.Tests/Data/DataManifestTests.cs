using System.Security.Cryptography;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Data;

namespace ChatLoop.Training.Tests.Data;

public sealed class DataManifestTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public DataManifestTests() => _folder.Write("set/a.txt", "Hello.");

    [Fact]
    public async Task Every_file_is_checked_and_the_report_tells_how_many()
    {
        WriteManifest(Hash("set/a.txt"));
        Assert.Equal(1, (await _folder.ReadAsync()).VerifiedFiles);
    }

    [Fact]
    public async Task Without_a_manifest_nothing_is_checked() => Assert.Equal(0, (await _folder.ReadAsync()).VerifiedFiles);

    [Fact]
    public async Task A_file_of_another_hash_is_an_error_and_nothing_is_written()
    {
        WriteManifest(Hash("set/a.txt"));
        _folder.Write("set/a.txt", "Hello!");
        Assert.Contains("a.txt is not the file that MANIFEST.tsv describes", await ErrorAsync(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Run.Data));
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        WriteManifest(Hash("set/a.txt"));
        File.Delete(Path.Combine(_folder.Sets, "set/a.txt"));
        Assert.Contains("a.txt is missing", await ErrorAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file\thash\nset/a.txt\t00", "must name the columns path and sha256")]
    [InlineData("path\tsha256\nset/a.txt", "line 2: 1 columns instead of 2")]
    public async Task A_broken_table_is_named(string table, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Sets, DataManifest.FileName), table);
        Assert.Contains(message, await ErrorAsync(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> ErrorAsync() => (await Assert.ThrowsAsync<StageException>(() => _folder.ReadAsync())).Message;

    private string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder.Sets, path))));

    private void WriteManifest(string hash) => File.WriteAllText(Path.Combine(_folder.Sets, DataManifest.FileName), $"path\tbytes\tsha256\nset/a.txt\t7\t{hash}");
}
