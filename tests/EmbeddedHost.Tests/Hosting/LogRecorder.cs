using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatLoop.EmbeddedHost.Tests.Hosting;

/// <summary>Keeps what a host logs, and lets a test wait for a line.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = [];
    private readonly ConcurrentDictionary<TaskCompletionSource<LogLine>, Func<LogLine, bool>> _waiting = [];

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public async Task<LogLine> UntilAsync(Func<LogLine, bool> isIt)
    {
        var found = new TaskCompletionSource<LogLine>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[found] = isIt;
        if (_lines.FirstOrDefault(isIt) is { } line)
            return line;
        return await found.Task.WaitAsync(Patience.Long);
    }

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(LogLine line)
    {
        _lines.Enqueue(line);
        foreach (var (found, isIt) in _waiting)
        {
            if (isIt(line))
                found.TrySetResult(line);
        }
    }

    private sealed class Recorder(LogRecorder recorder, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            recorder.Add(new LogLine(category, logLevel, eventId.Id, formatter(state, exception), exception));
    }
}

internal sealed record LogLine(string Category, LogLevel Level, int Event, string Text, Exception? Exception);
