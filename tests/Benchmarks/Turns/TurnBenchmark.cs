using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace ChatLoop.Benchmarks.Turns;

/// <summary>
/// What the app adds to the model's own time of an answer, over HTTP, on the embedded host with its storage emulator: the built app is
/// started as a process of its own. Then one turn, request by request. Run from the repository's root, after a Release build of functions/App.
/// </summary>
internal static class TurnBenchmark
{
    private const string App = "functions/App/bin/Release/net10.0/ChatLoop.App.dll";
    private const int Warmup = 50;
    private const int Turns = 300;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("turn-benchmark-").FullName;
        var trace = Path.Combine(folder, "trace");
        var started = Stopwatch.GetTimestamp();
        using var app = Start(folder, trace, out var address);
        try
        {
            using var http = new HttpClient { BaseAddress = address };
            await ListenAsync(app, http);
            await AskAsync(http);
            Console.WriteLine($"{"process start to the first answer",-40} {Stopwatch.GetElapsedTime(started).TotalMilliseconds,8:F0} ms");
            await MeasureAsync(http);
            ShowLast(trace);
        }
        finally
        {
            using (var kill = Process.Start("kill", ["-TERM", $"{app.Id}"])) await kill.WaitForExitAsync();
            await app.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(HttpClient http)
    {
        for (var i = 0; i < Warmup; i++) await AskAsync(http);
        var (whole, added, moderation, generation) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Turns; i++)
        {
            var at = Stopwatch.GetTimestamp();
            var timings = await AskAsync(http);
            whole.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            moderation.Add(timings.GetProperty("moderationMs").GetDouble());
            generation.Add(timings.GetProperty("generationMs").GetDouble());
            added.Add(whole[^1] - generation[^1]);
        }

        Latencies.Report("POST /api/chat to its answer", whole);
        Latencies.Report("of that in the language model", generation);
        Latencies.Report("of that in the moderation model", moderation);
        Latencies.Report("added by everything but the model", added);
    }

    private static async Task<JsonElement> AskAsync(HttpClient http)
    {
        using var response = await http.PostAsJsonAsync("/api/chat", new { message = "What colour is the sky?", options = new { temperature = 0 } });
        response.EnsureSuccessStatusCode();
        var turn = await response.Content.ReadFromJsonAsync<JsonElement>();
        return turn.GetProperty("timings");
    }

    /// <summary>The last question's requests, each by when it began and how long it took.</summary>
    private static void ShowLast(string trace)
    {
        var requests = File.ReadAllLines(trace).Select(line => line.Split('\t')).Select(fields => (At: long.Parse(fields[0], CultureInfo.InvariantCulture), Took: fields[1], Name: fields[2])).OrderBy(r => r.At).ToList();
        var last = requests.FindLastIndex(request => request.Name.StartsWith("taken: ", StringComparison.Ordinal));
        Console.WriteLine("One turn: begin, duration in ms, request");
        foreach (var (at, took, name) in requests.Skip(last))
            Console.WriteLine($"{TimeSpan.FromTicks(at - requests[last].At).TotalMilliseconds,8:F2} {took,8}  {name}");
    }

    private static Process Start(string folder, string trace, out Uri address)
    {
        var port = FreePort();
        address = new Uri($"http://localhost:{port}");
        var start = new ProcessStartInfo("dotnet", [Path.GetFullPath(App), "--port", $"{port}", $"--EmbeddedHost:DataPath={folder}", $"--EmbeddedHost:Azurite:DataPath={folder}/azurite", $"--AzureWebJobsStorage={Storage()}"])
        {
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(App)),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[StartupHook.FileVariable] = trace;
        start.Environment["AzureFunctionsJobHost__logging__logLevel__default"] = "Warning";
        var app = Process.Start(start)!;
        app.OutputDataReceived += static (_, _) => { };
        app.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        app.BeginOutputReadLine();
        app.BeginErrorReadLine();
        return app;
    }

    private static async Task ListenAsync(Process app, HttpClient http)
    {
        while (true)
        {
            if (app.HasExited) throw new InvalidOperationException($"The app ended with code {app.ExitCode} while starting.");
            try
            {
                using var page = await http.GetAsync("/");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20);
            }
        }
    }

    // Azurite's published development account: no secret.
    private static string Storage() =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + $"{Endpoint("Blob")};{Endpoint("Queue")};{Endpoint("Table")}";

    private static string Endpoint(string service) => $"{service}Endpoint=http://127.0.0.1:{FreePort()}/devstoreaccount1";

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
