using System.Diagnostics;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatLoop.Benchmarks.DurableTask;

/// <summary>Latency and throughput of an orchestration with three empty activities, beside the price of a bare synced commit.</summary>
internal static class DurableBenchmark
{
    private const int Warmup = 500;
    private const int Singles = 1_000;
    private const int AtOnce = 32;
    private const int Many = 6_000;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("durable-benchmark-");
        try
        {
            Console.WriteLine($"{Environment.ProcessorCount} cores, data in {folder.FullName}");
            Latencies.Report("a bare synced SQLite commit", SyncedCommits.Measure(Path.Combine(folder.FullName, "bare.db")));
            await MeasureHostAsync(folder.FullName);
            Latencies.Report("a bare synced SQLite commit, again", SyncedCommits.Measure(Path.Combine(folder.FullName, "bare.db")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureHostAsync(string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "host.json"), """{ "version": "2.0", "logging": { "logLevel": { "default": "Warning" } } }""");
        string[] settings = ["--port=0", "--AzureWebJobsStorage=", $"--EmbeddedHost:DataPath={folder}"];
        using var host = new FunctionsApplicationBuilder(
            new HostSetup(typeof(ThreeSteps).Assembly.GetName().Name!, settings, folder, [typeof(ThreeSteps)]) { Output = TextWriter.Null }).Build();
        await host.StartAsync();
        var client = host.Services.GetRequiredService<DurableTaskClient>();

        await RunManyAsync(client, Warmup, AtOnce);
        var latencies = new List<double>();
        for (var i = 0; i < Singles; i++)
            latencies.Add(await RunOneAsync(client));
        Latencies.Report("one orchestration at a time", latencies);

        var started = Stopwatch.GetTimestamp();
        var loaded = await RunManyAsync(client, Many, AtOnce);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Latencies.Report($"one of {AtOnce} at once", loaded);
        Console.WriteLine($"{"throughput at " + AtOnce + " at once",-40} {Many / seconds,8:F0} orchestrations/s (n={Many})");
        await host.StopAsync();
    }

    private static async Task<List<double>> RunManyAsync(DurableTaskClient client, int count, int atOnce)
    {
        var left = count;
        var lanes = Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            var latencies = new List<double>();
            while (Interlocked.Decrement(ref left) >= 0)
                latencies.Add(await RunOneAsync(client));
            return latencies;
        }));
        return [.. (await Task.WhenAll(lanes)).SelectMany(lane => lane)];
    }

    private static async Task<double> RunOneAsync(DurableTaskClient client)
    {
        var started = Stopwatch.GetTimestamp();
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(ThreeSteps.RunThreeSteps));
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        if (ended.ReadOutputAs<int>() != 3)
            throw new InvalidOperationException($"Instance {id} is {ended.RuntimeStatus} with {ended.SerializedOutput}.");
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
