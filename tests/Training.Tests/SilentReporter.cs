using ChatLoop.Training.Cli;

namespace ChatLoop.Training.Tests;

/// <summary>Keeps lines for the test to read, and may act at each report of progress.</summary>
internal sealed class SilentReporter(Action<double>? onProgress = null) : IReporter
{
    public List<string> Lines { get; } = [];

    public void Line(string text) => Lines.Add(text);

    public void Progress(string what, double done, double total, string detail = "") => onProgress?.Invoke(done);
}
