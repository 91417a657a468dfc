using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ChatLoop.Training.Export;

namespace ChatLoop.Benchmarks.Inference;

/// <summary>llama.cpp with the same weights, by its own benchmark programs.</summary>
internal sealed class LlamaCpp(string folder, string model, string type, int threads) : IContender
{
    private const string Quantize = "llama-quantize";
    private const string Bench = "llama-bench";
    private const string BatchedBench = "llama-batched-bench";

    public string Name => $"llama.cpp {type}";

    public long WeightBytes { get; } = new FileInfo(model).Length;

    /// <summary>llama.cpp's format of as many bits; null where it has none.</summary>
    public static string? TypeOf(WeightFormat format) => format switch
    {
        WeightFormat.Float32 => "F32",
        WeightFormat.Int8 or WeightFormat.Int8Dynamic => "Q8_0",
        WeightFormat.Int4Block32 or WeightFormat.Int4Block128 => "Q4_0",
        _ => null,
    };

    /// <summary>Writes the weights for it, the table of tokens in the same format as the rest, as ours is.</summary>
    public static LlamaCpp Open(string folder, string floats, string type, int threads)
    {
        if (type == "F32") return new LlamaCpp(folder, floats, type, threads);
        var quantized = Path.ChangeExtension(floats, type + ".gguf");
        Run(Path.Combine(folder, Quantize), "--pure", floats, quantized, type, Text(threads));
        return new LlamaCpp(folder, quantized, type, threads);
    }

    public Speeds Measure() => new(Rate("-p", Text(Speeds.PrefillTokens), "-n", "0"), Rate("-p", "0", "-n", Text(Speeds.DecodeTokens), "-d", Text(Speeds.ShortPrompt)), Together());

    public void Dispose() => File.Delete(model);

    private double Rate(params string[] test)
    {
        using var json = JsonDocument.Parse(Run(Path.Combine(folder, Bench), ["-m", model, "-t", Text(threads), "-r", "1", "-fa", "1", "-o", "json", .. test]));
        return json.RootElement[0].GetProperty("avg_ts").GetDouble();
    }

    private double Together()
    {
        var output = Run(
            Path.Combine(folder, BatchedBench), "-m", model, "-t", Text(threads), "-fa", "on", "-c", Text(Speeds.Rows * (Speeds.ShortPrompt + Speeds.DecodeTokens)),
            "-npp", Text(Speeds.ShortPrompt), "-ntg", Text(Speeds.DecodeTokens), "-npl", Text(Speeds.Rows), "--output-format", "jsonl");
        using var json = JsonDocument.Parse(output.Split('\n').Last(line => line.StartsWith('{')));
        return json.RootElement.GetProperty("speed_tg").GetDouble();
    }

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
