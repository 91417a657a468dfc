using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatLoop.EmbeddedHost.Tests.DurableTask;

/// <summary>The durable app as a process of its own, to be killed.</summary>
internal sealed partial class DurableProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DurableProcess(Process process) => _process = process;

    public HttpClient Http { get; } = new() { Timeout = Patience };

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static async Task<DurableProcess> StartAsync(string folder)
    {
        var started = Launch(folder);
        var ended = started._process.WaitForExitAsync();
        if (await Task.WhenAny(started._listening.Task, ended).WaitAsync(Patience) == ended)
            throw new InvalidOperationException($"The app ended while starting: {started.Output}");
        started.Http.BaseAddress = await started._listening.Task;
        return started;
    }

    public static DurableProcess Launch(string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChatLoop.EmbeddedHost.DurableApp.dll"), "--port", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsScriptRoot"] = folder;
        start.Environment["AzureWebJobsStorage"] = "";
        start.Environment["EmbeddedHost__DataPath"] = folder;
        var launched = new DurableProcess(new Process { StartInfo = start });
        launched._process.OutputDataReceived += (_, line) => launched.Keep(line.Data);
        launched._process.ErrorDataReceived += (_, line) => launched.Keep(line.Data);
        launched._process.Start();
        launched._process.BeginOutputReadLine();
        launched._process.BeginErrorReadLine();
        return launched;
    }

    public async Task<int> UntilEndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await UntilEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        Http.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        if (Address().Match(line) is { Success: true } found)
            _listening.TrySetResult(new Uri(found.Groups[1].Value));
    }

    [GeneratedRegex(@"^Listening on (http://[^ ]+:\d+)")]
    private static partial Regex Address();
}
