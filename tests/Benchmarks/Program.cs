using ChatLoop.Benchmarks.DurableTask;
using ChatLoop.Benchmarks.Inference;
using ChatLoop.Benchmarks.Training;
using ChatLoop.Benchmarks.Turns;

// One verb for each thing that is measured: dotnet run -c Release --project tests/Benchmarks -- durable
var benchmarks = new Dictionary<string, Func<Task>>(StringComparer.OrdinalIgnoreCase)
{
    ["durable"] = DurableBenchmark.RunAsync,
    ["moderation"] = ModerationBenchmark.RunAsync,
    ["chat"] = ChatBenchmark.RunAsync,
    ["train"] = TrainBenchmark.RunAsync,
    ["turn"] = TurnBenchmark.RunAsync,
    ["start"] = StartBenchmark.RunAsync,
};

if (args is [Residence.Verb, var graph, var layers, var heads, var size]) return Residence.Print(graph, int.Parse(layers, null), int.Parse(heads, null), int.Parse(size, null));
if (args is ["inference", .. var options]) return await InferenceBenchmark.RunAsync(options);
if (args is [var verb] && benchmarks.TryGetValue(verb, out var run))
{
    await run();
    return 0;
}
await Console.Error.WriteLineAsync($"Say what to measure: {string.Join(", ", benchmarks.Keys)}, inference.");
return 1;
