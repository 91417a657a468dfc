namespace ChatLoop.Training.Export.Formats;

/// <summary>
/// Integers of few bits with a scale for every block of a row. ONNX Runtime quantizes the activations as finely
/// (accuracy level 4) and multiplies integers; a row's result does not depend on the rows beside it.
/// </summary>
internal sealed class BlockMatrices(int bits, int blockSize) : IMatrixFormat
{
    private const long Int8Activations = 4;

    public string Multiply(OnnxGraph graph, string name, string x, Weight matrix)
    {
        Add(graph, name, matrix);
        return Product(graph, name, x, name, matrix);
    }

    public string Embed(OnnxGraph graph, string name, string ids, Weight table)
    {
        Add(graph, name, table);
        var width = table.Shape[1];
        var scales = graph.Node("Unsqueeze", name + ".gathered_scales", [name + ".scales", graph.Constant(name + ".scales_axis", 2)]); // (V, blocks, 1)
        var blocks = graph.Node(
            "GatherBlockQuantized", name + ".blocks", [name + ".blocked", ids, scales], OnnxGraph.Microsoft,
            ("bits", (long)bits), ("block_size", (long)blockSize), ("gather_axis", 0L), ("quantize_axis", 2L)); // (B, S, blocks, block)
        var isPadded = width % blockSize != 0;
        var rows = graph.Node("Reshape", isPadded ? name + ".padded" : name, [blocks, graph.Constant(name + ".shape", 0, 0, -1)]);
        return isPadded ? graph.Node("Slice", name, [rows, graph.Constant(name + ".start", 0), graph.Constant(name + ".end", width), graph.Constant(name + ".axis", 2)]) : rows;
    }

    public string Unembed(OnnxGraph graph, string name, string hidden, string embedding, Weight table) => Product(graph, name, hidden, embedding, table);

    private void Add(OnnxGraph graph, string name, Weight matrix)
    {
        var quantized = BlockQuantizer.Quantize(matrix, bits, blockSize);
        graph.Initializer(name + ".blocked", OnnxType.UInt8, [matrix.Shape[0], quantized.Blocks, blockSize * bits / 8], quantized.Values);
        graph.Initializer(name + ".scales", [matrix.Shape[0], quantized.Blocks], quantized.Scales);
    }

    private string Product(OnnxGraph graph, string name, string x, string matrix, Weight shape) => graph.Node(
        "MatMulNBits", name, [x, matrix + ".blocked", matrix + ".scales"], OnnxGraph.Microsoft,
        ("N", shape.Shape[0]), ("K", shape.Shape[1]), ("bits", (long)bits), ("block_size", (long)blockSize), ("accuracy_level", Int8Activations));
}
