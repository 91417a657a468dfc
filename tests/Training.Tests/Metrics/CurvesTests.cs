using ChatLoop.Training.Metrics;

namespace ChatLoop.Training.Tests.Metrics;

public sealed class CurvesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatloop-curves-").FullName;

    [Fact]
    public void Steps_and_validations_make_a_png()
    {
        var file = Path.Combine(_folder, "curves.png");
        Curves.Draw(file, "tiny", [Line("step", 10) with { Loss = 3, LearningRate = 1e-3 }, Line("validation", 10) with { ValidationLoss = 3.1, BitsPerByte = 1.5 }, Line("step", 20) with { Loss = 2, LearningRate = 5e-4 }]);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(file)[..4]);
    }

    [Fact]
    public void Without_a_step_there_is_no_picture()
    {
        Curves.Draw(Path.Combine(_folder, "curves.png"), "tiny", []);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static MetricLine Line(string kind, long step) => new(kind, DateTimeOffset.UnixEpoch, step, step * 100);
}
