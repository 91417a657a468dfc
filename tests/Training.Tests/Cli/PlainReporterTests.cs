using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Tests.Cli;

public sealed class PlainReporterTests
{
    [Fact]
    public void Progress_is_shown_at_most_every_ten_seconds_and_at_its_end()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var clock = new Clock();
        var reporter = new PlainReporter(output, clock);
        for (var done = 1; done <= 25; done++)
        {
            reporter.Progress("work", done, 25, "busy");
            clock.Seconds++;
        }

        reporter.Line("A line.");
        Assert.Equal(["work: 4.0 %  busy", "work: 44.0 %  busy", "work: 84.0 %  busy", "work: 100.0 %  busy", "A line."], output.ToString().TrimEnd().Split('\n'));
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
