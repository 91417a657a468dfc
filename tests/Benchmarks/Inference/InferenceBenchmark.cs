using System.Globalization;
using ChatLoop.Training.Cli;
using ChatLoop.Training.Export;

namespace ChatLoop.Benchmarks.Inference;

/// <summary>
/// Speed of the chat model's graph in every format of the weights, beside the memory's floor and, where it is there,
/// llama.cpp. All take turns, round by round: figures and ratios are medians over the rounds.
/// </summary>
internal static class InferenceBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        InferenceArguments arguments;
        try
        {
            arguments = InferenceArguments.Parse(args);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or StageException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("chatloop-inference-").FullName;
        try
        {
            var model = MeasuredModel.Open(arguments, folder);
            var bandwidth = MemoryBandwidth.Measure(arguments.Threads);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name}: {model.Config.ParameterCount / 1e6:F1} M parameters; {arguments.Threads} threads of {Environment.ProcessorCount} cores, load of the last minute {File.ReadAllText("/proc/loadavg").Split(' ')[0]}; memory read at {bandwidth / 1e9:F1} GB/s; medians of {arguments.Rounds} rounds"));
            Compare(arguments, model, folder, bandwidth);
            if (arguments.Load) await LoadAsync(arguments, model, folder);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(InferenceArguments arguments, MeasuredModel model, string folder, double bandwidth)
    {
        var ours = arguments.Formats.Select(f => new OurGraph(model, f, Path.Combine(folder, f.Name() + ".onnx"), arguments.Threads)).ToArray();
        var theirs = LlamaModels(arguments, model, folder);
        IContender[] all = [.. ours, .. theirs.Values];
        var rounds = all.ToDictionary(c => c, _ => new List<Speeds>());
        for (var round = 0; round < arguments.Rounds; round++)
        {
            foreach (var contender in all) rounds[contender].Add(contender.Measure());
        }

        Console.WriteLine(FormattableString.Invariant($"\n| weights | MB | prefill {Speeds.PrefillTokens}, tokens/s | decode {Speeds.DecodeTokens} after {Speeds.ShortPrompt}, tokens/s | {Speeds.Rows} in a batch, tokens/s | first token of {Speeds.PrefillTokens}, ms | share of the floor | resident, MB |"));
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var contender in all)
        {
            var median = Speeds.Median(rounds[contender]);
            var resident = contender is OurGraph graph ? (graph.ResidentBytes / 1e6).ToString("F0", CultureInfo.InvariantCulture) : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {contender.Name} | {contender.WeightBytes / 1e6:F1} | {median.Prefill:F0} | {median.Decode:F1} | {median.Together:F1} | {1000 * Speeds.PrefillTokens / median.Prefill:F0} | {median.Decode * contender.WeightBytes / bandwidth:P0} | {resident} |"));
        }

        Ratios("float32", [.. ours.Select(o => (o.Name, Against(rounds, o, ours[0])))], skip: ours[0].Name != "float32");
        Ratios("llama.cpp of as many bits", [.. arguments.Formats.Zip(ours).Where(p => LlamaCpp.TypeOf(p.First) is { } type && theirs.ContainsKey(type)).Select(p => (p.Second.Name, Against(rounds, p.Second, theirs[LlamaCpp.TypeOf(p.First)!])))], skip: theirs.Count == 0);
        foreach (var contender in all) contender.Dispose();
    }

    private static void Ratios(string to, (string Name, Speeds Ratio)[] rows, bool skip)
    {
        if (skip) return;
        Console.WriteLine($"\n| ratio to {to} | prefill | decode | {Speeds.Rows} in a batch |\n|---|---|---|---|");
        foreach (var (name, ratio) in rows) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {ratio.Prefill:F2} | {ratio.Decode:F2} | {ratio.Together:F2} |"));
    }

    // Round by round, for what disturbs one mostly disturbs both.
    private static Speeds Against(Dictionary<IContender, List<Speeds>> rounds, IContender one, IContender other) => Speeds.Median(rounds[one].Zip(rounds[other], (a, b) => a / b));

    private static Dictionary<string, LlamaCpp> LlamaModels(InferenceArguments arguments, MeasuredModel model, string folder)
    {
        if (arguments.Llama is not { } programs) return [];
        var floats = Path.Combine(folder, "model.gguf");
        Gguf.Write(floats, model.Config, model.Weights);
        return arguments.Formats.Select(LlamaCpp.TypeOf).OfType<string>().Distinct().ToDictionary(type => type, type => LlamaCpp.Open(programs, floats, type, arguments.Threads));
    }

    private static async Task LoadAsync(InferenceArguments arguments, MeasuredModel model, string folder)
    {
        foreach (var format in arguments.Formats)
        {
            var chat = Path.Combine(folder, "chat-" + format.Name());
            model.WriteFolder(chat, format);
            Console.WriteLine($"\nThrough the chat client, {format.Name()}:\n");
            await LoadTest.RunAsync(chat, arguments.Threads);
        }
    }
}
