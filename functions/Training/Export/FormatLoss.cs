using ChatLoop.Training.Modeling;

namespace ChatLoop.Training.Export;

/// <summary>What a format of the weights costs, beside the same weights in float32, on one text.</summary>
/// <param name="GraphBytes">Size of the graph with its weights.</param>
/// <param name="FloatBits">Bits per byte in float32.</param>
/// <param name="Bits">Bits per byte in the format.</param>
/// <param name="Agreement">Share of the places where both find the same token likeliest.</param>
/// <param name="Divergence">Kullback-Leibler divergence of the next token, from float32 to the format: nats a token, mean.</param>
internal sealed record FormatLoss(WeightFormat Format, long GraphBytes, long Tokens, double FloatBits, double Bits, double Agreement, double Divergence)
{
    public const string Header = "| weights | graph, MB | bits per byte | more than float32 | same likeliest token | KL, nats a token |\n|---|---|---|---|---|---|";

    /// <summary>A row of the table that <see cref="Header"/> begins.</summary>
    public string Row => FormattableString.Invariant($"| {Format.Name()} | {GraphBytes / 1e6:F1} | {Bits:F4} | {Bits / FloatBits - 1:+0.00 %;-0.00 %;0.00 %} | {Agreement:P2} | {Divergence:F5} |");

    /// <summary>Measures formats on one text.</summary>
    public static IReadOnlyList<FormatLoss> Measure(LlamaConfig config, IReadOnlyDictionary<string, Weight> weights, IReadOnlyList<WeightFormat> formats, HeldText text, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("chatloop-formats-").FullName;
        var graphs = new List<GraphLogits>();
        try
        {
            var exact = Open(WeightFormat.Float32);
            GraphLogits[] others = [.. formats.Select(Open)];
            FormatSums[] sums = [.. formats.Select(_ => new FormatSums(config.VocabularySize))];
            foreach (var row in text.Rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var expected = exact.Of(row[..^1]);
                foreach (var (graph, sum) in others.Zip(sums)) sum.Add(expected, graph.Of(row[..^1]), row.AsSpan(1));
            }

            return [.. formats.Zip(sums, (format, sum) => sum.Loss(format, new FileInfo(PathOf(format)).Length, text.Bytes))];
        }
        finally
        {
            foreach (var graph in graphs) graph.Dispose();
            Directory.Delete(folder, recursive: true);
        }

        string PathOf(WeightFormat format) => Path.Combine(folder, format.Name() + ".onnx");

        GraphLogits Open(WeightFormat format)
        {
            if (!File.Exists(PathOf(format))) LlamaGraph.Save(PathOf(format), config, weights, format);
            var graph = new GraphLogits(PathOf(format), config);
            graphs.Add(graph);
            return graph;
        }
    }
}
