using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace ChatLoop.Benchmarks.Turns;

/// <summary>The built app as a process of its own, with a data folder of its own, that traces its requests.</summary>
internal sealed class MeasuredApp : IAsyncDisposable
{
    // Azurite's published development account: no secret.
    private const string Account = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string Built = "functions/App/bin/Release/net10.0/ChatLoop.App.dll";

    private readonly string folder = Directory.CreateTempSubdirectory("app-benchmark-").FullName;
    private readonly Process process;
    private readonly HttpClient http;

    private MeasuredApp(string storage)
    {
        var assembly = Path.GetFullPath(Environment.GetEnvironmentVariable("CHATLOOP_APP") is { Length: > 0 } other ? other : Built);
        if (!File.Exists(assembly)) throw new FileNotFoundException($"There is no {assembly}: build it (dotnet build -c Release functions/App), or set CHATLOOP_APP to a published ChatLoop.App.dll.");
        var port = FreePort();
        http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        Storage = storage;
        var start = new ProcessStartInfo("dotnet", [assembly, "--port", $"{port}", $"--EmbeddedHost:DataPath={folder}", $"--EmbeddedHost:Azurite:DataPath={folder}/azurite", $"--AzureWebJobsStorage={storage}"])
        {
            WorkingDirectory = Path.GetDirectoryName(assembly),
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[StartupHook.FileVariable] = TraceFile;
        start.Environment["AzureFunctionsJobHost__logging__logLevel__default"] = "Warning";
        process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
    }

    /// <summary>The connection string, for another app on the same storage.</summary>
    public string Storage { get; }

    private string TraceFile => Path.Combine(folder, "trace");

    /// <summary>Starts it, without waiting for it to listen.</summary>
    /// <param name="storage">Another app's storage; null starts one of its own.</param>
    public static MeasuredApp Start(string? storage = null) => new(storage ?? $"{Account};{Endpoint("Blob")};{Endpoint("Queue")};{Endpoint("Table")}");

    public async Task ListenAsync()
    {
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"The app ended with code {process.ExitCode} while starting.");
            try
            {
                using var page = await http.GetAsync("/");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(10);
            }
        }
    }

    /// <summary>Asks one question.</summary>
    /// <returns>The turn's own timings.</returns>
    public async Task<JsonElement> AskAsync()
    {
        using var response = await http.PostAsJsonAsync("/api/chat", new { message = "What colour is the sky?", options = new { temperature = 0 } });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("timings");
    }

    /// <summary>What it has traced so far, by begin.</summary>
    public List<(DateTime At, TimeSpan Took, string Name)> Trace() =>
    [
        .. File.ReadAllLines(TraceFile).Select(line => line.Split('\t'))
            .Select(fields => (new DateTime(long.Parse(fields[0], CultureInfo.InvariantCulture), DateTimeKind.Utc), TimeSpan.FromMilliseconds(double.Parse(fields[1], CultureInfo.InvariantCulture)), fields[2]))
            .OrderBy(request => request.Item1),
    ];

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Endpoint(string service) => $"{service}Endpoint=http://127.0.0.1:{FreePort()}/devstoreaccount1";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
