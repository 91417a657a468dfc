using System.Diagnostics;
using System.Globalization;
using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Benchmarks.Inference;

/// <summary>Memory that a graph takes once it has answered, in a process of its own: here, what others freed would hide it.</summary>
internal static class Residence
{
    public const string Verb = "resident";

    public static long Bytes(string graph, LlamaConfig config)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[Environment.GetCommandLineArgs()[0], Verb, graph, Text(config.Layers), Text(config.KeyValueHeads), Text(config.HeadSize)]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? long.Parse(output, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"{graph} could not be run in a process of its own.");
    }

    /// <summary>That process: prints by how many bytes it grew.</summary>
    public static int Print(string graph, int layers, int keyValueHeads, int headSize)
    {
        var before = Environment.WorkingSet;
        using var logits = new GraphLogits(graph, new LlamaConfig { Layers = layers, KeyValueHeads = keyValueHeads, HeadSize = headSize });
        logits.Of([1]);
        Console.WriteLine(Text(Environment.WorkingSet - before));
        return 0;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
