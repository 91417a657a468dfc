namespace ChatLoop.Training.Cli;

/// <summary>Lines for logs and pipes; progress at most every ten seconds and at its end.</summary>
internal sealed class PlainReporter(TextWriter output, TimeProvider clock) : IReporter
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _lastShown = [];

    public void Line(string text)
    {
        lock (_gate)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    public void Progress(string what, double done, double total, string detail = "")
    {
        lock (_gate)
        {
            var known = _lastShown.TryGetValue(what, out var last);
            if (known && done < total && clock.GetElapsedTime(last) < Interval) return;
            _lastShown[what] = clock.GetTimestamp();
        }

        var share = total > 0 ? done / total : 1;
        Line($"{what}: {share:P1}{(detail.Length > 0 ? "  " + detail : "")}");
    }
}
