using ChatLoop.Training.Metrics;

namespace ChatLoop.Training.Tests.Metrics;

public sealed class MetricsFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Lines_come_back_and_those_after_a_step_can_be_forgotten()
    {
        var metrics = new MetricsFile(_file);
        foreach (var step in new[] { 10, 20, 30 }) metrics.Append(new MetricLine("step", DateTimeOffset.UnixEpoch, step, step * 64) { Loss = 1.0 / step });
        metrics.CutAfter(20);
        Assert.Equal([10, 20], metrics.Read().Select(l => l.Step));
        Assert.Equal(0.05, metrics.Read()[1].Loss);
    }

    [Fact]
    public void A_line_cut_off_by_a_kill_is_left_out()
    {
        var metrics = new MetricsFile(_file);
        metrics.Append(new MetricLine("step", DateTimeOffset.UnixEpoch, 1, 64));
        File.AppendAllText(_file, """{"kind":"step","ti""");
        Assert.Single(metrics.Read());
    }

    public void Dispose() => File.Delete(_file);
}
