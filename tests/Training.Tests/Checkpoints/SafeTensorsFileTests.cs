using System.Text;
using ChatLoop.Training.Checkpoints;
using ChatLoop.Training.Cli;
using static TorchSharp.torch;

namespace ChatLoop.Training.Tests.Checkpoints;

public sealed class SafeTensorsFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void What_is_written_is_read_back_and_the_hash_is_the_files()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (randn(3, 5), randn(7));
        var hash = SafeTensorsFile.Write(_file, [("a", a), ("b", b)]);
        var (x, y) = (zeros(3, 5), zeros(7));
        SafeTensorsFile.ReadInto(_file, [("b", y), ("a", x)]);
        Assert.True(x.equal(a).all().item<bool>() && y.equal(b).all().item<bool>());
        Assert.Equal(SafeTensorsFile.Hash(_file), hash);
    }

    [Fact]
    public void The_file_is_laid_out_as_the_format_says()
    {
        using var scope = NewDisposeScope();
        SafeTensorsFile.Write(_file, [("w", tensor(new[] { 1f, 2f }))]);
        var bytes = File.ReadAllBytes(_file);
        var header = (int)BitConverter.ToInt64(bytes);
        Assert.Equal(0, header % 8);
        Assert.Equal("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Encoding.UTF8.GetString(bytes, 8, header).TrimEnd());
        Assert.Equal([1f, 2f], new[] { BitConverter.ToSingle(bytes, 8 + header), BitConverter.ToSingle(bytes, 12 + header) });
    }

    [Fact]
    public void Another_models_tensors_are_refused_by_name()
    {
        using var scope = NewDisposeScope();
        SafeTensorsFile.Write(_file, [("w", ones(2, 3))]);
        Assert.Contains("w is (2, 3), the model's is (3, 2)", Assert.Throws<StageException>(() => SafeTensorsFile.ReadInto(_file, [("w", zeros(3, 2))])).Message, StringComparison.Ordinal);
        Assert.Contains("no tensor v", Assert.Throws<StageException>(() => SafeTensorsFile.ReadInto(_file, [("v", zeros(2, 3))])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);
}
