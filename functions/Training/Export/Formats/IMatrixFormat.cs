namespace ChatLoop.Training.Export.Formats;

/// <summary>Writes a model's matrices into a graph, with the nodes that compute with them. Matrices are (out, in), as Torch keeps them.</summary>
internal interface IMatrixFormat
{
    static IMatrixFormat Of(WeightFormat format) => format switch
    {
        WeightFormat.Float32 or WeightFormat.Float16 => new FloatMatrices(format),
        WeightFormat.Int8 => new BlockMatrices(bits: 8, blockSize: 32),
        WeightFormat.Int8Dynamic => new DynamicMatrices(),
        WeightFormat.Int4Block32 => new BlockMatrices(bits: 4, blockSize: 32),
        WeightFormat.Int4Block128 => new BlockMatrices(bits: 4, blockSize: 128),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>x (B, S, in) → (B, S, out).</summary>
    string Multiply(OnnxGraph graph, string name, string x, Weight matrix);

    /// <summary>Adds the table (V, C) and takes its rows by token id: (B, S) → (B, S, C).</summary>
    string Embed(OnnxGraph graph, string name, string ids, Weight table);

    /// <summary>Hidden states (B, S, C) times the rows of the table that <see cref="Embed"/> added as <paramref name="embedding"/>: (B, S, V).</summary>
    string Unembed(OnnxGraph graph, string name, string hidden, string embedding, Weight table);
}
