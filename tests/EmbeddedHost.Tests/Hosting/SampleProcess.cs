using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ChatLoop.EmbeddedHost.Tests.Azurite;
using Microsoft.Azure.Functions.Worker.Storage;

namespace ChatLoop.EmbeddedHost.Tests.Hosting;

/// <summary>The sample app as a user starts it: a process of its own, with files and data in a folder of the test's.</summary>
internal sealed partial class SampleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SampleProcess(Process process) => _process = process;

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    /// <summary>Where it answers; fails with its output when it ends before.</summary>
    public async Task<Uri> UntilListeningAsync()
    {
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(_listening.Task, ended).WaitAsync(Patience.ForProcesses) == ended)
            throw new InvalidOperationException($"The app ended with code {_process.ExitCode} while starting:\n{Output}\n{Errors}");
        return await _listening.Task;
    }

    public async Task<int> UntilEndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience.ForProcesses);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL, to this process alone: what it started is left to itself, as after a crash.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await UntilEndAsync();
    }

    /// <summary>Sends a signal and waits for the end.</summary>
    /// <param name="toGroup">To all processes of its group, as a terminal does at Ctrl+C.</param>
    public async Task<int> SignalAsync(string signal, bool toGroup = false)
    {
        using var kill = Process.Start("kill", [$"-{signal}", "--", string.Create(CultureInfo.InvariantCulture, $"{(toGroup ? "-" : "")}{_process.Id}")]);
        await kill.WaitForExitAsync();
        return await UntilEndAsync();
    }

    /// <summary>Whether this process was started with SIGINT ignored: .NET leaves it so, and children inherit it.</summary>
    public static bool InheritsIgnoredCtrlC()
    {
        const int Interrupt = 2;
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (ulong.Parse(mask["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (Interrupt - 1) & 1) != 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await UntilEndAsync();
        }
        _process.Dispose();
    }

    /// <param name="settings">Environment variables; among them the port, which is a free one otherwise.</param>
    public static SampleProcess Launch(TemporaryFolder folder, string storage, params (string Name, string Value)[] settings)
    {
        var app = Path.Combine(AppContext.BaseDirectory, "ChatLoop.EmbeddedHost.SampleApp.dll");
        if (!File.Exists(Path.Combine(folder.Path, "host.json")))
            folder.Write("host.json", """{ "version": "2.0", "extensions": { "queues": { "maxPollingInterval": "00:00:00.100" } } }""");
        // A session of its own makes it the leader of its process group, as a shell makes a command; setsid keeps the process id.
        string[] command = OperatingSystem.IsLinux() ? ["setsid", DotNet()] : [DotNet()];
        var start = new ProcessStartInfo(command[0], [.. command[1..], app])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        start.Environment["port"] = "0";
        start.Environment["AzureWebJobsScriptRoot"] = folder.Path;
        start.Environment["AzureWebJobsStorage"] = storage;
        start.Environment["EmbeddedHost__DataPath"] = Path.Combine(folder.Path, "data");
        start.Environment["EmbeddedHost__Azurite__DataPath"] = Path.Combine(folder.Path, "azurite");
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        var process = new SampleProcess(new Process { StartInfo = start });
        process._process.OutputDataReceived += (_, line) => process.Keep(process._output, line.Data);
        process._process.ErrorDataReceived += (_, line) => process.Keep(process._errors, line.Data);
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    public static SampleProcess Launch(TemporaryFolder folder, DevelopmentStorage storage) => Launch(folder, FreePorts.ConnectionString(storage));

    private void Keep(StringBuilder to, string? line)
    {
        if (line is null)
            return;
        lock (to)
            to.Append(line).Append('\n');
        if (Address().Match(line) is { Success: true } found)
            _listening.TrySetResult(new Uri(found.Groups[1].Value));
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    /// <summary>By its full path: some tests leave the app without a PATH.</summary>
    private static string DotNet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        return Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).First(File.Exists);
    }

    [GeneratedRegex(@"^Listening on (http://[^ ]+:\d+)")]
    private static partial Regex Address();
}
