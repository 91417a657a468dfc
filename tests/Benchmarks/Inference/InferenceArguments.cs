using ChatLoop.Training.Export;
using ChatLoop.Training.Modeling;

namespace ChatLoop.Benchmarks.Inference;

/// <summary>What `inference` is asked to measure.</summary>
internal sealed record InferenceArguments
{
    public static readonly IReadOnlyDictionary<string, LlamaConfig> Shapes = new Dictionary<string, LlamaConfig>
    {
        ["5M"] = new() { Layers = 4, MaxPositions = 1024 },
        ["7M"] = new() { MaxPositions = 1024 },
        ["13M"] = new() { HiddenSize = 384, IntermediateSize = 1024, Layers = 8, Heads = 6, KeyValueHeads = 2, MaxPositions = 1024 },
        ["135M"] = new() { VocabularySize = 49_152, HiddenSize = 576, IntermediateSize = 1536, Layers = 30, Heads = 9, KeyValueHeads = 3, MaxPositions = 2048 },
    };

    /// <summary>An exported folder, whose weights are measured in each format; null: random weights of <see cref="Shape"/>.</summary>
    public string? Model { get; init; }

    public string Shape { get; init; } = "7M";

    public IReadOnlyList<WeightFormat> Formats { get; init; } = [.. WeightFormats.All.Where(f => f != WeightFormat.Float16)];

    public int Threads { get; init; } = 2;

    public int Rounds { get; init; } = 5;

    /// <summary>Where llama-bench, llama-batched-bench and llama-quantize are; null leaves llama.cpp out.</summary>
    public string? Llama { get; init; }

    /// <summary>Whether 1 to 16 requests at once are measured as well, through the chat client.</summary>
    public bool Load { get; init; }

    /// <exception cref="ArgumentException">An option is unknown or its value is none.</exception>
    /// <exception cref="ChatLoop.Training.Cli.StageException">A format is unknown.</exception>
    public static InferenceArguments Parse(ReadOnlySpan<string> args)
    {
        var parsed = new InferenceArguments();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--load")
            {
                parsed = parsed with { Load = true };
                continue;
            }

            var value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value.");
            parsed = args[i++] switch
            {
                "--model" => parsed with { Model = Path.GetFullPath(value) },
                "--shape" => Shapes.ContainsKey(value) ? parsed with { Shape = value } : throw new ArgumentException($"--shape is one of {string.Join(", ", Shapes.Keys)}."),
                "--format" => value == "all" ? parsed : parsed with { Formats = [.. value.Split(',').Select(WeightFormats.Of)] },
                "--threads" => parsed with { Threads = int.Parse(value, null) },
                "--rounds" => parsed with { Rounds = int.Parse(value, null) },
                "--llama" => parsed with { Llama = Path.GetFullPath(value) },
                var unknown => throw new ArgumentException($"There is no option {unknown}: --model, --shape, --format, --threads, --rounds, --llama, --load."),
            };
        }

        return parsed;
    }
}
