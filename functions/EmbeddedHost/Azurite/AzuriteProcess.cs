using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Settings;
using Microsoft.Azure.Functions.Worker.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Azurite;

/// <summary>The storage emulator, where the app's storage is the development one: started unless it already listens, stopped with the host.</summary>
internal sealed class AzuriteProcess(IConfiguration settings, ILoggerFactory loggers) : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = loggers.CreateLogger("Host.Azurite");
    private readonly List<Process> _processes = [];
    private readonly HashSet<DevelopmentStorage> _ensured = [];
    private volatile string _lastLine = "";
    private volatile bool _stopping;

    public async Task EnsureAsync(DevelopmentStorage storage, CancellationToken cancellationToken)
    {
        if (!_ensured.Add(storage))
            return;
        var folder = Path.Combine(DataFolder.Shared, "azurite");
        await using var turn = await AzuriteTurn.TakeAsync(folder, cancellationToken);
        var ownerFile = Path.Combine(folder, $"owner-{storage.BlobPort}");
        var owner = new AzuriteOwner(ownerFile);
        await owner.UntilOrphanEndsAsync(cancellationToken);
        if (await storage.FindBusyPortAsync(cancellationToken) is { } busy)
        {
            foreach (var port in new[] { storage.BlobPort, storage.QueuePort })
            {
                if (!await DevelopmentStorage.IsListeningAsync(port, cancellationToken))
                    throw new HostStartException($"Port {busy} is in use but nothing listens on {port}, so it is no storage emulator: stop the program on port {busy}, or set AzureWebJobsStorage to other ports.");
            }
            Logs.AzuriteFound(_logger, storage.ToString());
            return;
        }
        if (string.Equals(settings["EmbeddedHost:Azurite:Start"], "false", StringComparison.OrdinalIgnoreCase))
            throw new HostStartException($"No storage emulator listens on port {storage.BlobPort} and EmbeddedHost__Azurite__Start is false: start Azurite, or remove that setting.");

        var install = new AzuriteInstall(folder, _logger);
        await install.EnsureAsync(cancellationToken);
        var data = settings["EmbeddedHost:Azurite:DataPath"] is { Length: > 0 } path
            ? Path.GetFullPath(path)
            : Path.Combine(folder, storage.BlobPort == 10000 ? "data" : $"data-{storage.BlobPort}");
        Directory.CreateDirectory(data);
        var process = Launch(install, storage, data, ownerFile);
        owner.Write(process.Id);
        await WaitUntilItListensAsync(process, storage, cancellationToken);
        Logs.AzuriteStarted(_logger, AzuriteInstall.Version, storage.ToString(), data);
    }

    /// <summary>Starts a program of Node.js, with one line for people who do not have it.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new HostStartException($"{Path.GetFileName(start.FileName)} was not found: Azurite, the storage emulator that UseDevelopmentStorage=true means, needs Node.js with npm. Install Node.js 22 from https://nodejs.org, or set AzureWebJobsStorage to a storage account.", e);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        foreach (var process in _processes.Where(p => !p.HasExited))
        {
            // The end of its input is the sign to save and stop (leash.cjs).
            process.StandardInput.Close();
            try
            {
                // Its own time-out: data still in its memory is worth the wait even when the host's time is up.
                await process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopTime, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public void Dispose()
    {
        _stopping = true;
        foreach (var process in _processes)
        {
            if (!process.HasExited)
            {
                process.StandardInput.Close();
                if (!process.WaitForExit(StopTime))
                    process.Kill(entireProcessTree: true);
            }
            process.Dispose();
        }
        _processes.Clear();
    }

    private Process Launch(AzuriteInstall install, DevelopmentStorage storage, string data, string ownerFile)
    {
        string[] ports =
        [
            "--blobPort", Text(storage.BlobPort), "--queuePort", Text(storage.QueuePort), "--tablePort", Text(storage.TablePort),
        ];
        var process = Start(new ProcessStartInfo("node",
            // --loose and --skipApiVersionCheck: the Azure SDK is newer than any Azurite. No telemetry leaves the machine.
            [install.Script, "--location", data, "--silent", "--loose", "--skipApiVersionCheck", "--disableTelemetry", .. ports])
        {
            WorkingDirectory = data,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["EMBEDDED_HOST_OWNER_FILE"] = ownerFile },
        });
        process.ErrorDataReceived += (_, line) => _lastLine = string.IsNullOrWhiteSpace(line.Data) ? _lastLine : line.Data.Trim();
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        process.EnableRaisingEvents = true;
        _processes.Add(process);
        return process;

        static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
    }

    private async Task WaitUntilItListensAsync(Process process, DevelopmentStorage storage, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartTime);
        try
        {
            foreach (var port in storage.Ports)
            {
                while (!await DevelopmentStorage.IsListeningAsync(port, limit.Token))
                {
                    if (process.HasExited)
                        throw new HostStartException($"Azurite stopped at once with exit code {process.ExitCode}: {LastLine()}");
                    await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HostStartException($"Azurite does not listen on ports {storage} after {StartTime.TotalSeconds:0} seconds: {LastLine()}");
        }
        process.Exited += (_, _) =>
        {
            if (!_stopping)
                Logs.AzuriteDied(_logger, process.ExitCode, _lastLine);
        };

        string LastLine() => _lastLine.Length > 0 ? _lastLine : "it gave no reason; run it by hand to see.";
    }
}
