using System.Diagnostics;
using System.Globalization;
using ChatLoop.Training.Modeling;
using ChatLoop.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ChatLoop.Benchmarks.Training;

/// <summary>Tokens a second of training, plain modules beside ours in turns, against the matrix products' peak; then whether memory stays flat.</summary>
internal static class TrainBenchmark
{
    private const int Threads = 2;
    private const int Rounds = 4;
    private const int StepsARound = 4;
    private const int LongRun = 300;

    private static readonly LlamaConfig Shipped = new() { Layers = 4 };

    // As many weights as GPT-2's smallest, in our decoder: SwiGLU's three matrices of 2,048 for its two of 3,072.
    private static readonly LlamaConfig Gpt2 = new()
    {
        VocabularySize = 50_257, HiddenSize = 768, IntermediateSize = 2_048, Layers = 12, Heads = 12, KeyValueHeads = 12, HeadSize = 64, MaxPositions = 1_024,
    };

    public static Task RunAsync()
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {Threads} threads, load of the last minute {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
        Measure("d 256, 4 layers, T 256, B 8 (shipped)", Shipped, rows: 8, length: 256);
        Measure("d 256, 6 layers, T 256, B 16", new LlamaConfig { KeyValueHeads = 4 }, rows: 16, length: 256);
        Measure("d 768, 12 layers, T 64, B 4 (GPT-2's size)", Gpt2, rows: 4, length: 64);
        Flat();
        return Task.CompletedTask;
    }

    private static void Measure(string shape, LlamaConfig config, int rows, int length)
    {
        using var ours = new OurTraining(config, Threads);
        using var plain = new PlainDecoder(config, length);
        var (ids, targets) = (randint(0, config.VocabularySize, [rows, length]), randint(0, config.VocabularySize, [rows, length]));
        var (ourSeconds, plainSeconds, peaks) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            peaks.Add(MatrixPeak.Measure(Threads));
            for (var step = 0; step < StepsARound; step++) Add(plainSeconds, () => plain.Step(ids, targets));
            for (var step = 0; step < StepsARound; step++) Add(ourSeconds, () => ours.Step(ids, targets));
            if (round < 0) (ourSeconds, plainSeconds, peaks) = ([], [], []); // the first one warms up
        }

        var peak = peaks.Max();
        Console.WriteLine($"{shape}: {config.ParameterCount / 1e6:F1} M parameters; best matrix product {peak / 1e9:F0} GFLOP/s");
        Say("plain modules", plainSeconds);
        Say("ours", ourSeconds);

        void Say(string who, List<double> seconds)
        {
            seconds.Sort();
            var (tokens, median, best) = ((double)rows * length, seconds[seconds.Count / 2], seconds[0]);
            var work = tokens * FlopsAToken(config, length);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {who,-14} median {tokens / median,6:N0} tokens/s, {work / median / 1e9,4:F0} GFLOP/s, {work / median / peak,4:P0} of the peak; {median,5:F2} s a step; best step {tokens / best,6:N0} tokens/s, {work / best / peak,4:P0} (n={seconds.Count} steps)"));
        }
    }

    // Forward and backward: six FLOPs for each weight that multiplies, and attention's two products over half of the rows (causal).
    private static double FlopsAToken(LlamaConfig config, int length) =>
        6.0 * (config.ParameterCount - config.HiddenSize * (2 * config.Layers + 1)) + 6.0 * config.Layers * config.Heads * config.HeadSize * length;

    private static void Add(List<double> seconds, Action step)
    {
        var started = Stopwatch.GetTimestamp();
        step();
        seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static void Flat()
    {
        using var ours = new OurTraining(Shipped, Threads);
        var (ids, targets) = (randint(0, Shipped.VocabularySize, [8, 128]), randint(0, Shipped.VocabularySize, [8, 128]));
        for (var step = 1; step <= LongRun; step++)
        {
            ours.Step(ids, targets);
            if (step is 20 or LongRun / 2 or LongRun) Console.WriteLine($"resident after {step} steps of the shipped model (T 128): {Environment.WorkingSet / 1e6:F0} MB");
        }
    }
}
