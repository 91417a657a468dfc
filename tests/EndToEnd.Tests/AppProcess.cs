using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatLoop.EndToEnd.Tests;

/// <summary>The app as a user starts it: a process of its own, on a free port, with a data folder of its own.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private AppProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public string Output
    {
        get { lock (output) { return output.ToString(); } }
    }

    /// <summary>Starts the app and does not wait for it to listen: for tests of failing starts.</summary>
    public static AppProcess Launch(int port, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.AppAssembly, "--port", $"{port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(Repository.AppAssembly),
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        var app = new AppProcess(new Process { StartInfo = start }, new Uri($"http://localhost:{port}"));
        app.process.OutputDataReceived += app.Keep;
        app.process.ErrorDataReceived += app.Keep;
        app.process.Start();
        app.process.BeginOutputReadLine();
        app.process.BeginErrorReadLine();
        return app;
    }

    public static async Task<AppProcess> StartAsync(int port, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var app = Launch(port, settings);
        using var http = new HttpClient { BaseAddress = app.Address };
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (app.process.HasExited)
                throw new InvalidOperationException($"The app ended with code {app.process.ExitCode} while starting:\n{app.Output}");
            try
            {
                using var page = await http.GetAsync("/", cancellationToken);
                if (page.IsSuccessStatusCode)
                    return app;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>SIGKILL, to this process alone: what it started is left to itself, as after a crash.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as Ctrl+C or a service manager would.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await kill.WaitForExitAsync(cancellationToken);
        }
        return await WaitForExitAsync(cancellationToken);
    }

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await StopAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output) { output.AppendLine(line.Data); }
    }
}
